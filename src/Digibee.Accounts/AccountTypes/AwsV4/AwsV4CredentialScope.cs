using System.Text;

namespace Digibee.Accounts;

/// <summary>What a derived key is good for: one day, region and service.</summary>
internal sealed class AwsV4CredentialScope
{
    private readonly byte[] _text;

    public AwsV4CredentialScope(AwsV4Instant instant, ReadOnlySpan<char> region, ReadOnlySpan<char> service)
    {
        Day = instant.Day;
        DayText = instant.DayText.ToString();
        Region = region.ToString();
        Service = service.ToString();
        _text = Encoding.ASCII.GetBytes($"{DayText}/{Region}/{Service}/aws4_request");
    }

    public DateOnly Day { get; }

    public string DayText { get; }

    public string Region { get; }

    public string Service { get; }

    /// <summary>Gets it as it is signed: <c>20150830/us-east-1/iam/aws4_request</c>.</summary>
    public ReadOnlySpan<byte> Text => _text;

    public bool Is(DateOnly day, ReadOnlySpan<char> region, ReadOnlySpan<char> service) =>
        day == Day && region.SequenceEqual(Region) && service.SequenceEqual(Service);
}
