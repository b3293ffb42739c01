using System.Buffers;

namespace Digibee.Accounts;

/// <summary>Service and region, as a host name of AWS says them. Each is empty when it does not.</summary>
/// <remarks>"AWS service endpoints" in the AWS General Reference. A name is read from its end: <c>…service.region.amazonaws.com</c>.</remarks>
internal readonly ref struct AwsV4Endpoint
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    private AwsV4Endpoint(ReadOnlySpan<char> service, ReadOnlySpan<char> region)
    {
        Service = service;
        Region = region;
    }

    public ReadOnlySpan<char> Service { get; }

    public ReadOnlySpan<char> Region { get; }

    /// <summary>Reads a host name in lower case.</summary>
    public static AwsV4Endpoint Read(ReadOnlySpan<char> host)
    {
        var isChina = TryCut(ref host, ".amazonaws.com.cn");
        if (!isChina && !TryCut(ref host, ".amazonaws.com") && !TryCut(ref host, ".amazonaws.eu") && !TryCut(ref host, ".api.aws") && !TryCut(ref host, ".on.aws"))
        {
            return default;
        }

        // An endpoint in a customer's own network: vpce-1a2b-3c4d.sqs.us-east-1.vpce.
        TryCut(ref host, ".vpce");
        var last = CutLast(ref host);
        if (IsRegion(last))
        {
            return new(AwsV4SigningNames.Find(host), last);
        }

        // The other way round: search-logs-1a2b.us-east-1.es.
        var name = last;
        var before = CutLast(ref host);
        if (IsRegion(before))
        {
            return new(AwsV4SigningNames.FindBehindRegion(name), before);
        }

        if (last.StartsWith("s3-", StringComparison.Ordinal))
        {
            // The old names: s3-eu-west-1, s3-external-1. Acceleration hides the bucket's region.
            var region = last[3..];
            return new("s3", IsRegion(region) ? region : region is "external-1" ? "us-east-1" : default);
        }

        return ReadGlobal(last is "global" ? before : last, before, isChina);
    }

    /// <summary>Tells whether a label is a region's: <c>us-gov-west-1</c>, <c>eusc-de-east-1</c>.</summary>
    public static bool IsRegion(ReadOnlySpan<char> label)
    {
        var number = label.LastIndexOf('-');
        var area = label.IndexOf('-');
        return area is >= 2 and <= 4 && number > area + 1 && number < label.Length - 1
            && !label[(number + 1)..].ContainsAnyExcept(Digits)
            && !label[..area].ContainsAnyExceptInRange('a', 'z')
            && !label[..number].ContainsAny(Digits);
    }

    private static AwsV4Endpoint ReadGlobal(ReadOnlySpan<char> service, ReadOnlySpan<char> before, bool isChina)
    {
        if (service is "us-gov")
        {
            return AwsV4SigningNames.IsGlobal(before) ? new(before, "us-gov-west-1") : default;
        }

        if (service is "queue" && !isChina)
        {
            return new("sqs", "us-east-1");
        }

        service = service.EndsWith("-fips", StringComparison.Ordinal) ? service[..^5] : service;
        return AwsV4SigningNames.IsGlobal(service) ? new(service, isChina ? "cn-northwest-1" : "us-east-1") : default;
    }

    private static bool TryCut(scoped ref ReadOnlySpan<char> host, ReadOnlySpan<char> suffix)
    {
        var isThere = host.EndsWith(suffix, StringComparison.Ordinal);
        host = isThere ? host[..^suffix.Length] : host;
        return isThere;
    }

    private static ReadOnlySpan<char> CutLast(scoped ref ReadOnlySpan<char> labels)
    {
        var dot = labels.LastIndexOf('.');
        var last = labels[(dot + 1)..];
        labels = dot < 0 ? default : labels[..dot];
        return last;
    }
}
