namespace Digibee.Accounts;

/// <summary>Where tokens are asked for, and who said so.</summary>
/// <param name="Uri">The endpoint.</param>
/// <param name="IsFromData">Whether it stood in an account or a document, and not in the program: then it may not lead into a private network.</param>
internal sealed record TokenEndpoint(Uri Uri, bool IsFromData)
{
    /// <summary>Tells whether secrets may be sent there: by https, or without leaving the machine.</summary>
    public bool IsConfidential => Uri.IsAbsoluteUri && Uri.UserInfo.Length == 0 && (Uri.Scheme == System.Uri.UriSchemeHttps || (Uri.Scheme == System.Uri.UriSchemeHttp && Uri.IsLoopback));
}
