using System.Text;

namespace Digibee.Accounts;

/// <summary>What a derived key is good for: one day, region and service. In Signature Version 4A, one day and service: there the regions stand in a header of their own.</summary>
internal sealed class AwsV4CredentialScope
{
    private readonly byte[] _text;

    /// <param name="instant">When it is signed.</param>
    /// <param name="region">The region; empty for Signature Version 4A.</param>
    /// <param name="service">The service's signing name.</param>
    public AwsV4CredentialScope(AwsV4Instant instant, ReadOnlySpan<char> region, ReadOnlySpan<char> service)
    {
        Day = instant.Day;
        DayText = instant.DayText.ToString();
        Region = region.ToString();
        Service = service.ToString();
        _text = Encoding.ASCII.GetBytes(IsRegional ? $"{DayText}/{Region}/{Service}/aws4_request" : $"{DayText}/{Service}/aws4_request");
    }

    public DateOnly Day { get; }

    public string DayText { get; }

    public string Region { get; }

    public string Service { get; }

    /// <summary>Gets whether it is one of Signature Version 4, whose keys are good for one region.</summary>
    public bool IsRegional => Region.Length > 0;

    /// <summary>Gets the name of the algorithm, as it is signed.</summary>
    public ReadOnlySpan<byte> Algorithm => IsRegional ? "AWS4-HMAC-SHA256"u8 : "AWS4-ECDSA-P256-SHA256"u8;

    /// <summary>Gets it as it is signed: <c>20150830/us-east-1/iam/aws4_request</c>.</summary>
    public ReadOnlySpan<byte> Text => _text;

    public bool Is(DateOnly day, ReadOnlySpan<char> region, ReadOnlySpan<char> service) =>
        day == Day && region.SequenceEqual(Region) && service.SequenceEqual(Service);
}
