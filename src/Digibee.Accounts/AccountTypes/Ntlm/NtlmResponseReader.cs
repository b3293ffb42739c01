using System.Globalization;

namespace Digibee.Accounts;

/// <summary>Reads answers off a connection that nobody else reads yet, one at a time and to the byte. Bounded: a head by 64 KiB, a body by 1 MiB.</summary>
/// <remarks>For one caller at a time.</remarks>
internal sealed class NtlmResponseReader(Stream stream, NtlmRefusal refusal)
{
    /// <summary>The most bytes of one answer's head, those of interim answers before it included.</summary>
    public const int MaxHeadLength = 65_536;

    /// <summary>The most bytes of a body, which is read and dropped.</summary>
    public const int MaxBodyLength = 1_048_576;

    private const int MaxChunkLineLength = 1_024;

    private static readonly byte[] CrLf = "\r\n"u8.ToArray();
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private byte[] _buffer = new byte[4_096];
    private int _start;
    private int _end;

    /// <summary>Reads an answer, its body included.</summary>
    /// <param name="hasBody">Whether there may be a body; not after HEAD.</param>
    /// <param name="cancellationToken">Cancels the wait. The connection is of no use then.</param>
    /// <exception cref="AccountUnavailableException">It is malformed or too long, more was sent than was asked for, or the connection was closed.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async ValueTask<NtlmResponse> ReadAsync(bool hasBody, CancellationToken cancellationToken)
    {
        var room = MaxHeadLength;
        NtlmResponse response;
        do
        {
            var length = await FindAsync(EndOfHead, room, cancellationToken).ConfigureAwait(false);
            response = NtlmResponseHead.Parse(_buffer.AsSpan(_start, length), refusal);
            _start += length + EndOfHead.Length;
            room -= length + EndOfHead.Length;
            if (response.Status == 101)
            {
                throw refusal.Malformed("it changes to another protocol.");
            }
        }
        while (response.Status < 200);

        if (hasBody && response.Status is not (204 or 304))
        {
            await SkipBodyAsync(response, cancellationToken).ConfigureAwait(false);
        }

        return _start == _end ? response : throw refusal.Malformed("it sends more than it was asked for.");
    }

    private async ValueTask SkipBodyAsync(NtlmResponse response, CancellationToken cancellationToken)
    {
        if (response.IsChunked)
        {
            await SkipChunksAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (response.ContentLength is { } length)
        {
            await SkipAsync(length <= MaxBodyLength ? (int)length : throw TooLong(), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            // It ends with the connection, which is of no use then.
            response.SaysClose = true;
            _start = _end;
        }
    }

    private async ValueTask SkipChunksAsync(CancellationToken cancellationToken)
    {
        var room = MaxBodyLength;
        while (true)
        {
            var lineLength = await FindAsync(CrLf, MaxChunkLineLength, cancellationToken).ConfigureAwait(false);
            var size = ParseChunkSize(_buffer.AsSpan(_start, lineLength));
            _start += lineLength + CrLf.Length;
            room -= size <= room ? size : throw TooLong();
            if (size == 0)
            {
                break;
            }

            await SkipAsync(size, cancellationToken).ConfigureAwait(false);
            if (await FindAsync(CrLf, MaxChunkLineLength, cancellationToken).ConfigureAwait(false) != 0)
            {
                throw Malformed();
            }

            _start += CrLf.Length;
        }

        for (var trailers = MaxHeadLength; ;)
        {
            var lineLength = await FindAsync(CrLf, trailers, cancellationToken).ConfigureAwait(false);
            _start += lineLength + CrLf.Length;
            trailers -= lineLength;
            if (lineLength == 0)
            {
                return;
            }
        }
    }

    private int ParseChunkSize(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOf((byte)';');
        var digits = (end < 0 ? line : line[..end]).TrimEnd(" \t"u8);
        return digits.Length is > 0 and <= 7 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw Malformed();
    }

    private async ValueTask SkipAsync(int length, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            if (_start == _end)
            {
                await FillAsync(cancellationToken).ConfigureAwait(false);
            }

            var skipped = Math.Min(length, _end - _start);
            _start += skipped;
            length -= skipped;
        }
    }

    /// <summary>Reads until a mark is there.</summary>
    /// <returns>How many bytes stand before it.</returns>
    private async ValueTask<int> FindAsync(byte[] mark, int room, CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(mark);
            if (found >= 0 && searched + found <= room)
            {
                return searched + found;
            }

            if (found >= 0 || _end - _start >= room + mark.Length)
            {
                throw TooLong();
            }

            // Not the last bytes: they may be the first ones of the mark.
            searched = Math.Max(0, _end - _start - mark.Length + 1);
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read > 0 ? read : throw refusal.Broke();
    }

    private AccountUnavailableException TooLong() => refusal.Malformed("its answer is too long.");

    private AccountUnavailableException Malformed() => refusal.Malformed("the body of its answer is malformed.");
}
