namespace Digibee.Accounts;

/// <summary>Where a connection leads, as the handshake names it.</summary>
/// <param name="Host">The value of the <c>Host</c> header.</param>
/// <param name="ServicePrincipalName"><c>HTTP/host</c>: what the answer binds itself to (MS-NLMP, section 2.2.2.1, MsvAvTargetName).</param>
internal readonly record struct NtlmTarget(string Host, string ServicePrincipalName)
{
    public static NtlmTarget Of(in ConnectionTarget target)
    {
        var origin = target.Origin;
        if (target.HostHeader is { } header && Origin.TryCreateFromHostHeader(header, origin, out var named))
        {
            return new(header, $"HTTP/{named.Host}");
        }

        var text = origin.ToString();
        return new(text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..], $"HTTP/{origin.Host}");
    }
}
