namespace Digibee.Accounts;

/// <summary>Reads a stream line by line, none longer than a limit, and no more than a limit in all.</summary>
internal sealed class BoundedLines(Stream stream, int maxLineLength, long maxLength)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private long _total;
    private bool _isAtEnd;

    /// <summary>Gets the number of the line that was read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Gets whether reading stopped because a line, or the whole, is too long.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Gives the next line without its end, valid until the next call; <see langword="null"/> after the last, or when it stops.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (!IsTooLong)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                return Take(searched + found, lineBreak: 1);
            }

            searched = _end - _start;
            if (_isAtEnd)
            {
                return searched == 0 ? null : Take(searched, lineBreak: 0);
            }

            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private ReadOnlyMemory<byte>? Take(int length, int lineBreak)
    {
        Number++;
        if (length > maxLineLength)
        {
            IsTooLong = true;
            return null;
        }

        var line = _buffer.AsMemory(_start, length);
        _start += length + lineBreak;
        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_end - _start > maxLineLength || _total > maxLength)
        {
            Number++;
            IsTooLong = true;
            return;
        }

        MakeRoom();
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _isAtEnd = read == 0;
        _end += read;
        _total += read;
    }

    private void MakeRoom()
    {
        if (_end < _buffer.Length)
        {
            return;
        }

        var larger = _start == 0 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
        _buffer = larger;
        _end -= _start;
        _start = 0;
    }
}
