using System.Globalization;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Path and query of a URI that is signed in its query. For one signature.</summary>
/// <param name="target">Path and query as they are sent, without a signature.</param>
internal sealed class AwsV4PresignedTarget(string target)
{
    private readonly StringBuilder _text = new(target, target.Length + 512);
    private bool _hasQuery = target.Contains('?', StringComparison.Ordinal);

    public required AwsV4CredentialScope Scope { get; init; }

    public required AwsV4Instant Instant { get; init; }

    public required string AccessKeyId { get; init; }

    /// <summary>Gets the lifetime in seconds; 0 to leave it out.</summary>
    public required int Seconds { get; init; }

    /// <summary>Gets the regions of Signature Version 4A.</summary>
    public string? RegionSet { get; init; }

    public string? SessionToken { get; init; }

    public bool AddsTokenAfterSigning { get; init; }

    /// <summary>Writes the canonical request of the target with everything that is signed. The headers are collected by now.</summary>
    public void Write(AwsV4Workspace workspace, string method, AwsV4PathRule pathRule, string payload)
    {
        Append(AwsV4PresignedQuery.Algorithm, Encoding.ASCII.GetString(Scope.Algorithm));
        Append(AwsV4PresignedQuery.Credential, $"{AccessKeyId}/{Encoding.ASCII.GetString(Scope.Text)}");
        Append(AwsV4HeaderRules.Date, Instant.Text);
        Append(AwsV4PresignedQuery.SignedHeaders, workspace.SignedHeaderNames());
        if (Seconds > 0)
        {
            Append(AwsV4PresignedQuery.Expires, Seconds.ToString(CultureInfo.InvariantCulture));
        }

        if (RegionSet is not null)
        {
            Append(AwsV4HeaderRules.RegionSet, RegionSet);
        }

        if (!AddsTokenAfterSigning)
        {
            AppendToken();
        }

        workspace.WriteRequest(method, _text.ToString(), pathRule, payload);
    }

    /// <summary>Gives the target with its signature.</summary>
    public string Finish(string signature)
    {
        if (AddsTokenAfterSigning)
        {
            AppendToken();
        }

        Append(AwsV4PresignedQuery.Signature, signature);
        return _text.ToString();
    }

    private void AppendToken()
    {
        if (SessionToken is not null)
        {
            Append(AwsV4HeaderRules.SecurityToken, SessionToken);
        }
    }

    private void Append(string name, string value)
    {
        if (!_hasQuery)
        {
            _text.Append('?');
            _hasQuery = true;
        }
        else if (_text[^1] is not ('?' or '&'))
        {
            _text.Append('&');
        }

        _text.Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }
}
