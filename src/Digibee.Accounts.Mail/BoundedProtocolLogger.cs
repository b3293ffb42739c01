using MailKit;

namespace Digibee.Accounts;

/// <summary>Stops a server that answers without end: MailKit keeps a whole answer in memory, and its time limit begins anew with each piece. Passes the protocol on to another log.</summary>
internal sealed class BoundedProtocolLogger(IProtocolLogger log) : IProtocolLogger
{
    // An answer is lines of 512 bytes (RFC 5321, section 4.5.3.1.5); with PIPELINING, one for each of thousands of recipients comes before the client speaks again.
    private const long LongestAnswers = 16 << 20;

    private long _heard;

    /// <summary>Gets the log it passes the protocol on to.</summary>
    public IProtocolLogger Log => log;

    public IAuthenticationSecretDetector? AuthenticationSecretDetector
    {
        get => log.AuthenticationSecretDetector;
        set => log.AuthenticationSecretDetector = value!;
    }

    public void LogConnect(Uri uri) => log.LogConnect(uri);

    public void LogClient(byte[] buffer, int offset, int count)
    {
        _heard = 0;
        log.LogClient(buffer, offset, count);
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        _heard += count;
        if (_heard > LongestAnswers)
        {
            throw new IOException("The mail server's answer does not end.");
        }

        log.LogServer(buffer, offset, count);
    }

    public void Dispose() => log.Dispose();
}
