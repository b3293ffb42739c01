using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Gives tickets: from the account's cache, or else from the KDCs. Safe for concurrent use.</summary>
internal sealed class KerberosClient
{
    // However many servers and realms there are and however slowly they answer.
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(30);

    private readonly KerberosAsExchange _as;
    private readonly KerberosTgsExchange _tgs;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Func<OpenedAccount, KerberosCredential> _createCredential;

    public KerberosClient(TimeProvider time, KerberosMetrics metrics, ILogger<KerberosClient> logger)
    {
        var kdc = new KerberosKdcClient(time);
        _as = new KerberosAsExchange(kdc, metrics);
        _tgs = new KerberosTgsExchange(kdc, metrics);
        _time = time;
        _logger = logger;

        // Once and not with each request; what it captures lives as long as the program.
        _createCredential = opened => new KerberosCredential(opened, time, metrics);
    }

    /// <summary>Gives an account's credential. The caller owns it too, and disposes it.</summary>
    public KerberosCredential Own(OpenedAccount opened)
    {
        // What is wiped has left the revision before: the next one is new.
        while (true)
        {
            var credential = opened.GetOrAddState(_createCredential);
            if (credential.TryOwn())
            {
                return credential;
            }
        }
    }

    /// <summary>Gives a ticket for the service that a request to a host is for. The caller owns it too, and disposes it.</summary>
    /// <param name="credential">Whose ticket. The caller owns it while it waits.</param>
    /// <param name="host">The host.</param>
    /// <param name="cancellationToken">Ends the wait; the request for the ticket goes on for the others.</param>
    /// <exception cref="AccountAuthenticationException">A KDC refused it.</exception>
    /// <exception cref="AccountUnavailableException">No KDC answered.</exception>
    public ValueTask<KerberosTicket> GetTicketAsync(KerberosCredential credential, string host, CancellationToken cancellationToken)
    {
        if (credential.Tickets.Find(credential.KeyOf(host), out var isDue) is not { } ticket)
        {
            return new(AcquireAsync(credential, host, cancellationToken));
        }

        if (isDue)
        {
            Renew(credential, host);
        }

        return new(ticket);
    }

    private Task<KerberosTicket> AcquireAsync(KerberosCredential credential, string host, CancellationToken cancellationToken) =>
        credential.Tickets.JoinAsync(credential.KeyOf(host), () => AskAsync(credential, host), cancellationToken);

    private void Renew(KerberosCredential credential, string host) => credential.Tickets.Renew(credential.KeyOf(host), async () =>
    {
        try
        {
            return await AskAsync(credential, host).ConfigureAwait(false);
        }
        catch (AccountException exception)
        {
            _logger.KerberosRenewalFailed(credential.AccountName, exception.GetType().Name);
            throw;
        }
    });

    private async Task<KerberosTicket> AskAsync(KerberosCredential credential, string host)
    {
        // Whoever waits owns it; so this fails when nobody does.
        ObjectDisposedException.ThrowIf(!credential.TryOwn(), credential);
        using var owned = credential;
        using var limit = new CancellationTokenSource(LongestRequest, _time);
        try
        {
            return await AskAsync(credential, host, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw KerberosRefusal.NoAnswer(credential.AccountName, credential.RealmOf(credential.Principal.Realm));
        }
    }

    private async Task<KerberosTicket> AskAsync(KerberosCredential credential, string host, CancellationToken cancellationToken)
    {
        var service = credential.ServiceOf(host);
        for (var attempt = 0; ; attempt++)
        {
            using var granting = await GetGrantingTicketAsync(credential, cancellationToken).ConfigureAwait(false);
            var outcome = await _tgs.RunAsync(credential, granting, service, cancellationToken).ConfigureAwait(false);
            if (outcome.Ticket is { } ticket)
            {
                _logger.KerberosTicketGranted(credential.AccountName, host);
                return ticket;
            }

            // The KDC's own key or this machine's clock was changed since: a new ticket-granting ticket knows both.
            if (attempt > 0 || !IsAboutGrantingTicket(outcome.Code))
            {
                throw KerberosRefusal.OfTgs(credential.AccountName, outcome.Code, credential.NamesService ? null : host);
            }

            credential.GrantingTickets.Drop(credential.Principal.Realm, granting, leastAge: TimeSpan.Zero);
        }
    }

    private async Task<KerberosTicket> GetGrantingTicketAsync(KerberosCredential credential, CancellationToken cancellationToken)
    {
        var realm = credential.Principal.Realm;
        var found = credential.GrantingTickets.Find(realm, out var isDue);
        if (found is not null && !isDue)
        {
            return found;
        }

        try
        {
            // A new one for one that is due is waited for: a service's ticket ends with the ticket it was got by.
            var next = await credential.GrantingTickets.JoinAsync(realm, () => SignInAsync(credential), cancellationToken).ConfigureAwait(false);
            found?.Dispose();
            return next;
        }
        catch (AccountException exception) when (found is not null)
        {
            _logger.KerberosRenewalFailed(credential.AccountName, exception.GetType().Name);
            return found;
        }
        catch
        {
            found?.Dispose();
            throw;
        }
    }

    private async Task<KerberosTicket> SignInAsync(KerberosCredential credential)
    {
        ObjectDisposedException.ThrowIf(!credential.TryOwn(), credential);
        using var owned = credential;
        using var limit = new CancellationTokenSource(LongestRequest, _time);
        var ticket = await _as.RunAsync(credential, limit.Token).ConfigureAwait(false);
        if (credential.Clock.Offset is var offset && offset != TimeSpan.Zero)
        {
            _logger.KerberosClockCorrected(credential.AccountName, offset);
        }

        return ticket;
    }

    private static bool IsAboutGrantingTicket(KerberosErrorCode code) => code is KerberosErrorCode.BadIntegrity or KerberosErrorCode.TicketExpired
        or KerberosErrorCode.TicketNotYetValid or KerberosErrorCode.ClockSkew or KerberosErrorCode.Modified or KerberosErrorCode.BadKeyVersion;
}
