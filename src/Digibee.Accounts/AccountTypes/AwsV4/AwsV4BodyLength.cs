using System.Runtime.InteropServices;

namespace Digibee.Accounts;

/// <summary>How long a body is, as its content says, and how long it becomes in signed chunks.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct AwsV4BodyLength(long length, string accountName)
{
    /// <summary>Gets the bytes of the body itself.</summary>
    public long Value => length;

    /// <summary>Gives the length in signed chunks.</summary>
    public static long Encoded(long length, bool isRegional, AwsV4TrailingChecksum checksum)
    {
        var signature = AwsV4ChunkSigner.LengthOf(isRegional);
        var full = length / AwsV4ChunkedStream.ChunkLength;
        var rest = (int)(length % AwsV4ChunkedStream.ChunkLength);
        var encoded = (full * FrameOf(AwsV4ChunkedStream.ChunkLength, signature)) + (rest > 0 ? FrameOf(rest, signature) : 0) + FrameOf(0, signature);
        return checksum == AwsV4TrailingChecksum.None
            ? encoded
            : encoded + AwsV4Checksum.NameOf(checksum).Length + 1 + AwsV4Checksum.LengthOf(checksum) + 2 + "x-amz-trailer-signature:".Length + signature + 2;
    }

    /// <exception cref="AccountUnavailableException">More was written.</exception>
    public void DemandNoMore(long written)
    {
        if (written > length)
        {
            throw Differs();
        }
    }

    /// <exception cref="AccountUnavailableException">Less was written.</exception>
    public void DemandAll(long written)
    {
        if (written != length)
        {
            throw Differs();
        }
    }

    private static long FrameOf(int count, int signature) => DigitsOf(count) + ";chunk-signature=".Length + signature + 2 + count + 2;

    private static int DigitsOf(int count)
    {
        var digits = 1;
        while ((count >>= 4) > 0)
        {
            digits++;
        }

        return digits;
    }

    private AccountUnavailableException Differs() => new(
        accountName,
        $"The body of a request with account '{accountName}' was not sent to its end: it is longer or shorter than its Content-Length says, and that length is signed.",
        isTransient: false);
}
