using System.Diagnostics;

namespace Digibee.Accounts;

/// <summary>What is derived from one revision of an AWS V4 account: its newest signing keys and the session token's text. Safe for concurrent use.</summary>
/// <remarks>It hangs on the revision, so a secret that was changed under the same access key id has keys of its own.</remarks>
internal sealed class AwsV4SigningKeys : IDisposable
{
    // Regions times services of one account, with room for the day that ends.
    internal const int Capacity = 16;

    private readonly AwsV4Account _account;
    private readonly Lock _lock = new();
    private volatile AwsV4Signer[] _keys = [];
    private volatile AwsV4Instant _instant = new(DateTimeOffset.UnixEpoch);
    private AwsV4PrivateKey? _privateKey;
    private volatile bool _isDisposed;

    private AwsV4SigningKeys(AwsV4Account account)
    {
        _account = account;
        SessionToken = account.SessionToken?.Reveal();
    }

    /// <summary>Gets the session token as its header carries it.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? SessionToken { get; }

    /// <summary>Gets how many keys there are.</summary>
    internal int Count => _keys.Length;

    public static AwsV4SigningKeys Create(OpenedAccount opened) => new((AwsV4Account)opened.Account);

    /// <summary>Gives the second that a time is in. Requests of one second share its text.</summary>
    public AwsV4Instant InstantAt(DateTimeOffset time)
    {
        var instant = _instant;
        if (!instant.Covers(time))
        {
            _instant = instant = new AwsV4Instant(time);
        }

        return instant;
    }

    /// <summary>Gives the key of a scope, derived when it is new, to be returned after use. Without a region it is one of Signature Version 4A.</summary>
    public AwsV4Signer Get(AwsV4Instant instant, ReadOnlySpan<char> region, ReadOnlySpan<char> service)
    {
        foreach (var key in _keys)
        {
            if (key.Scope.Is(instant.Day, region, service))
            {
                return key;
            }
        }

        return Add(new AwsV4CredentialScope(instant, region, service));
    }

    /// <summary>Lets go of a key that was got. One of a revision that is gone meanwhile is wiped: nobody else would.</summary>
    public void Return(AwsV4Signer key)
    {
        if (_isDisposed)
        {
            key.Dispose();
        }
    }

    /// <summary>Derives a key that belongs to the caller alone, who disposes it.</summary>
    public AwsV4Signer DeriveAnew(AwsV4CredentialScope scope)
    {
        var secret = _account.SecretAccessKey.RevealBytes();
        return scope.IsRegional
            ? new AwsV4SigningKey(scope, _account.AccessKeyId, secret)
            : new AwsV4AsymmetricKey(scope, _account.AccessKeyId, new AwsV4PrivateKey(_account.AccessKeyId, secret), ownsKey: true);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            Keep([]);
            _privateKey?.Dispose();
        }
    }

    private AwsV4Signer Add(AwsV4CredentialScope scope)
    {
        lock (_lock)
        {
            foreach (var key in _keys)
            {
                if (key.Scope.Is(scope.Day, scope.Region, scope.Service))
                {
                    return key;
                }
            }

            var added = Derive(scope);
            if (_isDisposed)
            {
                // For this one request, which still holds a revision that is gone. Its return wipes it.
                return added;
            }

            // The newest first. What is left over is wiped, and so are the days before yesterday: around midnight, requests of both days are under way.
            var kept = new List<AwsV4Signer>(Capacity) { added };
            foreach (var key in _keys)
            {
                if (kept.Count < Capacity && key.Scope.Day >= scope.Day.AddDays(-1))
                {
                    kept.Add(key);
                }
            }

            Keep([.. kept]);
            return added;
        }
    }

    private AwsV4Signer Derive(AwsV4CredentialScope scope)
    {
        if (scope.IsRegional || _isDisposed)
        {
            return DeriveAnew(scope);
        }

        _privateKey ??= new AwsV4PrivateKey(_account.AccessKeyId, _account.SecretAccessKey.RevealBytes());
        return new AwsV4AsymmetricKey(scope, _account.AccessKeyId, _privateKey, ownsKey: false);
    }

    private void Keep(AwsV4Signer[] keys)
    {
        var before = _keys;
        _keys = keys;
        foreach (var key in before)
        {
            if (Array.IndexOf(keys, key) < 0)
            {
                key.Dispose();
            }
        }
    }
}
