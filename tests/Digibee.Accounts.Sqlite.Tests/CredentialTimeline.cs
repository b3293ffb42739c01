using System.Diagnostics;

namespace Digibee.Accounts;

/// <summary>When each credential, numbered from 0, was current: from the moment its save began, since nobody outside can tell when in it, until the save of the next was acknowledged.</summary>
internal sealed class CredentialTimeline
{
    private readonly List<long> _began = [];
    private readonly List<long> _acknowledged = [];

    public void Saving() => _began.Add(Stopwatch.GetTimestamp());

    public void Saved() => _acknowledged.Add(Stopwatch.GetTimestamp());

    /// <summary>Tells whether the credential was current at some moment between the request's start and its arrival.</summary>
    public bool IsCurrent(SentRequest request) =>
        _began[request.Credential] <= request.Received
        && (request.Credential + 1 == _began.Count || request.Started <= _acknowledged[request.Credential + 1]);
}
