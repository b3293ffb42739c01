using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Sends the handshake's requests over a connection that nobody else uses yet, and reads their answers.</summary>
internal sealed class NtlmConversation(Stream stream, NtlmTarget target, byte[] channelBindings, NtlmHandshakeOptions options, NtlmRefusal refusal)
{
    private readonly NtlmResponseReader _reader = new(stream, refusal);

    /// <summary>Gets the service principal name of the server.</summary>
    public string TargetName => target.ServicePrincipalName;

    /// <summary>Gets the hash that binds a sign-in to this connection; zeros without TLS.</summary>
    public ReadOnlySpan<byte> ChannelBindings => channelBindings;

    /// <summary>Sends one request.</summary>
    /// <param name="message">The NTLM message that goes with it; empty for none. It is wiped by whoever made it.</param>
    /// <param name="cancellationToken">Cancels the exchange. The connection is of no use then.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="AccountUnavailableException">The answer is malformed, or the connection was closed.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async ValueTask<NtlmResponse> AskAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        // A password can be guessed from the answer to a challenge, so no copy of it stays.
        var request = Write(message.Span);
        try
        {
            await stream.WriteAsync(request, cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(request);
        }

        return await _reader.ReadAsync(hasBody: options.Method != HttpMethod.Head, cancellationToken).ConfigureAwait(false);
    }

    private byte[] Write(ReadOnlySpan<byte> message)
    {
        var start = Encoding.ASCII.GetBytes($"{options.Method} {options.Path} HTTP/1.1\r\nHost: {target.Host}\r\nUser-Agent: Digibee.Accounts\r\nAccept: */*\r\n");
        if (message.IsEmpty)
        {
            return [.. start, .. "\r\n"u8];
        }

        var authorization = "Authorization: NTLM "u8;
        var request = new byte[start.Length + authorization.Length + Base64.GetMaxEncodedToUtf8Length(message.Length) + 4];
        start.CopyTo(request, 0);
        authorization.CopyTo(request.AsSpan(start.Length));
        Base64.EncodeToUtf8(message, request.AsSpan(start.Length + authorization.Length), out _, out var written);
        "\r\n\r\n"u8.CopyTo(request.AsSpan(start.Length + authorization.Length + written));
        return request;
    }
}
