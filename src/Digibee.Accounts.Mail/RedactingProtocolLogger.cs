using System.Buffers;
using MailKit;

namespace Digibee.Accounts;

/// <summary>Passes a protocol on to the user's log, all but what is exchanged to sign in: challenges, answers, and the words of the verdict, where some servers repeat what they were sent.</summary>
internal sealed class RedactingProtocolLogger(IProtocolLogger log) : IProtocolLogger
{
    private const int LongestHead = 64;

    private static readonly byte[] Hidden = "********\r\n"u8.ToArray();

    // What has been read of a line of the server's verdict; no more of it than is passed on.
    private readonly ArrayBufferWriter<byte> _line = new(LongestHead);
    private bool _isSigningIn;
    private bool _isTold;

    // MailKit's own search for secrets: not needed here, where everything is hidden.
    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>Hides everything from the next AUTH to <see cref="EndSignIn"/>. What is heard does not tell: a server may answer ahead, and its verdict be here before the password is asked for.</summary>
    public void BeginSignIn() => _isTold = true;

    public void EndSignIn()
    {
        _isTold = false;
        _isSigningIn = false;
        _line.ResetWrittenCount();
    }

    public void LogConnect(Uri uri) => log.LogConnect(uri);

    public void LogClient(byte[] buffer, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        var text = buffer.AsSpan(offset, count);
        if (_isSigningIn)
        {
            // A long answer comes in pieces.
            Pass(Hidden, log.LogClient);
        }
        else if (text.Length >= 5 && System.Text.Ascii.EqualsIgnoreCase(text[..5], "AUTH "u8))
        {
            _isSigningIn = true;
            var mechanism = text[5..];
            var end = mechanism.IndexOfAny(" \r\n"u8);
            Pass([.. text[..5], .. end < 0 ? mechanism : mechanism[..end], .. " "u8, .. Hidden], log.LogClient);
        }
        else
        {
            log.LogClient(buffer, offset, count);
        }
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        while (_isSigningIn && count > 0)
        {
            var end = Array.IndexOf(buffer, (byte)'\n', offset, count);
            var taken = end < 0 ? count : end - offset + 1;
            _line.Write(buffer.AsSpan(offset, Math.Min(taken, LongestHead - _line.WrittenCount)));
            offset += taken;
            count -= taken;
            if (end >= 0)
            {
                EndLine();
            }
        }

        if (count > 0)
        {
            log.LogServer(buffer, offset, count);
        }
    }

    public void Dispose() => log.Dispose();

    // The code, a continuation's mark, the enhanced code; nothing else.
    private void EndLine()
    {
        var line = _line.WrittenSpan;
        var head = line[..Math.Min(4, line.Length)];
        Span<char> rest = stackalloc char[Math.Max(0, line.Length - 4)];
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] = (char)line[i + 4];
        }

        var isVerdict = !line.StartsWith("334"u8);
        var enhanced = isVerdict ? MailStatus.EnhancedCodeOf(rest) : "";
        _isSigningIn = _isTold || !isVerdict || (line.Length > 3 && line[3] == (byte)'-');
        var isCode = head.Length == 4 && !head[..3].ContainsAnyExceptInRange((byte)'0', (byte)'9');
        byte[] shown = [.. isCode ? head : [], .. System.Text.Encoding.ASCII.GetBytes(enhanced), .. enhanced.Length > 0 ? " "u8 : [], .. Hidden];
        _line.ResetWrittenCount();
        Pass(shown, log.LogServer);
    }

    private static void Pass(byte[] text, Action<byte[], int, int> to) => to(text, 0, text.Length);
}
