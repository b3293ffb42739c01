using System.Net;

namespace Digibee.Accounts;

/// <summary>What a token endpoint answered. Disposing it wipes the body.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body: at most 1 MiB.</param>
/// <param name="RetryAfter">How long it asks to wait.</param>
/// <param name="Nonce">The nonce it wants in the next proof (RFC 9449, section 8).</param>
internal sealed record TokenReply(HttpStatusCode Status, SecretBuffer Body, TimeSpan? RetryAfter, string? Nonce) : IDisposable
{
    public void Dispose() => Body.Dispose();
}
