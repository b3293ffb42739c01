using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Compares content that can be read as often as wanted with its digest.</summary>
internal static class ContentDigestCheck
{
    /// <summary>Reads a stream to its end, and winds it back to where it was.</summary>
    public static async ValueTask<bool> IsRightAsync(Stream content, ContentDigest? digest, CancellationToken cancellationToken)
    {
        var start = content.Position;
        if (digest is null)
        {
            return content.Length == start;
        }

        var hash = digest.Algorithm == HashAlgorithmName.SHA512
            ? await SHA512.HashDataAsync(content, cancellationToken).ConfigureAwait(false)
            : await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false);
        content.Position = start;
        return digest.Is(hash);
    }

    /// <summary>Says what is wrong with a content.</summary>
    public static string Reason(string accountName, ContentDigest? digest) => digest is null
        ? $"The message that account '{accountName}' checked has content that its signature does not cover. The other side has to sign content-digest."
        : $"The content of a message that account '{accountName}' checked is not what its signed digest says: it was changed or cut off, or the client decompressed it (SocketsHttpHandler.AutomaticDecompression).";
}
