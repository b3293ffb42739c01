using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Signs a request (RFC 9421, section 3.1).</summary>
internal static class MessageSigner
{
    private const int NonceBytes = 16;

    // Of an RSA key of 4,096 bits. Larger ones get an array of their own.
    private const int StackBytes = 512;

    /// <summary>Signs a request as it, or else its client, wants it.</summary>
    /// <exception cref="AccountUnavailableException">The message cannot be signed as it should be; nothing is sent.</exception>
    /// <exception cref="AccountValidationException">The account's key signs no messages, or not with this algorithm.</exception>
    public static ValueTask SignAsync(AccountRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        var signing = request.Settings as MessageSigning ?? request.ClientOptions.MessageSigning ?? MessageSigning.Default;
        var hashing = ContentDigestSigner.AddAsync(request, signing, cancellationToken);
        if (!hashing.IsCompletedSuccessfully)
        {
            return FinishAsync(hashing, request, signing, time);
        }

        Sign(request, signing, time.GetUtcNow());
        return ValueTask.CompletedTask;
    }

    // The time is taken now, and not before the body was hashed: that may have taken minutes.
    private static async ValueTask FinishAsync(ValueTask hashing, AccountRequest request, MessageSigning signing, TimeProvider time)
    {
        await hashing.ConfigureAwait(false);
        Sign(request, signing, time.GetUtcNow());
    }

    private static void Sign(AccountRequest request, MessageSigning signing, DateTimeOffset now)
    {
        var key = SigningKey.Of(request.Opened);
        var algorithm = signing.Algorithm ?? key.DefaultAlgorithm;
        if (SignatureAlgorithmName.Find(algorithm) is not { } algorithmName)
        {
            throw MessageSigningRefusal.Algorithm(request, algorithm);
        }

        var workspace = SignatureWorkspace.Take();
        try
        {
            workspace.Message.Use(request);
            var label = SignatureLabel.Choose(request, signing.Label);
            var header = workspace.Header;
            header.Append(label);
            header.Append((byte)'=');
            var start = header.Length;
            WriteComponents(workspace, request, signing);
            WriteParameters(header, request, signing, algorithmName, now.ToUnixTimeSeconds());
            workspace.WriteParameters(header.Written[start..]);

            var length = key.MaxSignatureLength;
            var signature = length <= StackBytes ? stackalloc byte[StackBytes] : new byte[length];
            signature = signature[..key.Sign(workspace.Base.Written, algorithm, signature)];
            var input = Encoding.ASCII.GetString(header.Written);

            header.Truncate(start);
            StructuredFieldWriter.WriteByteSequence(header, signature);
            request.AppendToHeader(SignatureHeaders.Input, input);
            request.AppendToHeader(SignatureHeaders.Signature, Encoding.ASCII.GetString(header.Written));
        }
        finally
        {
            workspace.GiveBack();
        }
    }

    private static void WriteComponents(SignatureWorkspace workspace, AccountRequest request, MessageSigning signing)
    {
        var header = workspace.Header;
        header.Append((byte)'(');
        var isFirst = true;
        foreach (var component in signing.Covered.Span)
        {
            if (IsLeftOut(component, request))
            {
                continue;
            }

            if (workspace.WriteLine(component, workspace.Message, signing.StructuredFields) is { } problem)
            {
                throw MessageSigningRefusal.Component(request, component, problem);
            }

            if (!isFirst)
            {
                header.Append((byte)' ');
            }

            header.Append(component.Identifier);
            isFirst = false;
        }

        header.Append((byte)')');
    }

    // What describes content that is not there; and content need not have a type.
    private static bool IsLeftOut(SignatureComponent component, AccountRequest request)
    {
        if (!component.Name.StartsWith("content-", StringComparison.Ordinal))
        {
            return false;
        }

        return request.Content is null
            || (component.Name == "content-type" && !request.Content.Headers.NonValidated.Contains("content-type") && !request.Headers.Contains("content-type"));
    }

    private static void WriteParameters(SigningText header, AccountRequest request, MessageSigning signing, string algorithmName, long created)
    {
        header.Append(";created="u8);
        StructuredFieldWriter.WriteInteger(header, created);
        if (signing.Lifetime is { } lifetime)
        {
            header.Append(";expires="u8);
            StructuredFieldWriter.WriteInteger(header, created + (long)lifetime.TotalSeconds);
        }

        header.Append(";keyid="u8);
        StructuredFieldWriter.WriteString(header, signing.KeyId ?? request.AccountName);
        if (signing.AddAlgorithm)
        {
            header.Append(";alg="u8);
            StructuredFieldWriter.WriteString(header, algorithmName);
        }

        if (signing.AddNonce)
        {
            Span<byte> nonce = stackalloc byte[NonceBytes];
            RandomNumberGenerator.Fill(nonce);
            header.Append(";nonce=\""u8);
            Base64Url.EncodeToUtf8(nonce, header.Take(Base64Url.GetEncodedLength(NonceBytes)));
            header.Append((byte)'"');
        }

        if (signing.Tag is { } tag)
        {
            header.Append(";tag="u8);
            StructuredFieldWriter.WriteString(header, tag);
        }
    }
}
