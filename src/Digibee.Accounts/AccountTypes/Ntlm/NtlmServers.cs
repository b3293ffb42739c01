namespace Digibee.Accounts;

/// <summary>What is known of one revision at each server, shared by all clients: a directory counts wrong passwords, whichever client sends them.</summary>
/// <remarks>Safe for concurrent use. It goes with the revision, so a corrected password is tried at once.</remarks>
internal sealed class NtlmServers(TimeProvider time)
{
    // An account that may go to any host must not fill the memory with them. Beyond it each client learns for itself.
    private const int Capacity = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(ConnectionTarget Target, HttpMethod Method, string Path), NtlmAttempts> _attempts = [];

    /// <summary>Gives the attempts at one server. By the handshake's request too: where one client asks in vain, such as with a wrong path, another need not.</summary>
    public NtlmAttempts At(in ConnectionTarget target, NtlmHandshakeOptions options)
    {
        var key = (target, options.Method, options.Path);
        lock (_lock)
        {
            if (!_attempts.TryGetValue(key, out var found))
            {
                found = new NtlmAttempts(time);
                if (_attempts.Count < Capacity)
                {
                    _attempts.Add(key, found);
                }
            }

            return found;
        }
    }
}
