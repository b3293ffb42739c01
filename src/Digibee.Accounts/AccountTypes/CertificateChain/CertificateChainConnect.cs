using System.Net.Security;

namespace Digibee.Accounts;

/// <summary>Connects as the client's own callback says, unless it does TLS by itself: then the certificate would never be presented, and nobody would know.</summary>
internal static class CertificateChainConnect
{
    public static async ValueTask<Stream> ConnectAsync(
        Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect, SocketsHttpConnectionContext context, string accountName, CancellationToken cancellationToken)
    {
        var stream = await connect(context, cancellationToken).ConfigureAwait(false);
        if (stream is not SslStream)
        {
            return stream;
        }

        await stream.DisposeAsync().ConfigureAwait(false);
        throw new AccountUnavailableException(
            accountName,
            $"Account '{accountName}' was not applied: the ConnectCallback of the client's handler returns a connection that has done its TLS handshake already. Return the connection without TLS.",
            isTransient: false);
    }
}
