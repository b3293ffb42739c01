using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Gives tickets: from the account's cache, or else from the KDCs. Safe for concurrent use.</summary>
internal sealed class KerberosClient
{
    private readonly KerberosAsExchange _as;
    private readonly KerberosTgsExchange _tgs;
    private readonly ILogger _logger;
    private readonly Func<OpenedAccount, KerberosCredential> _createCredential;

    public KerberosClient(TimeProvider time, KerberosMetrics metrics, ILogger<KerberosClient> logger)
    {
        var kdc = new KerberosKdcClient(time);
        _as = new KerberosAsExchange(kdc, metrics);
        _tgs = new KerberosTgsExchange(kdc, metrics);
        _logger = logger;

        // Once and not with each request; what it captures lives as long as the program.
        _createCredential = opened => new KerberosCredential(opened, time, metrics);
    }

    public KerberosCredential CredentialOf(OpenedAccount opened) => opened.GetOrAddState(_createCredential);

    /// <summary>Gives a ticket for the service that a request to a host is for.</summary>
    /// <param name="credential">Whose ticket.</param>
    /// <param name="host">The host.</param>
    /// <param name="cancellationToken">Ends the wait; the request for the ticket goes on for the others.</param>
    /// <exception cref="AccountAuthenticationException">A KDC refused it.</exception>
    /// <exception cref="AccountUnavailableException">No KDC answered.</exception>
    public ValueTask<KerberosTicket> GetTicketAsync(KerberosCredential credential, string host, CancellationToken cancellationToken)
    {
        if (credential.Tickets.Find(credential.KeyOf(host), out var isDue) is not { } ticket)
        {
            return new(AcquireAsync(credential, host).WaitAsync(cancellationToken));
        }

        if (isDue)
        {
            Renew(credential, host);
        }

        return new(ticket);
    }

    private Task<KerberosTicket> AcquireAsync(KerberosCredential credential, string host) =>
        credential.Tickets.JoinAsync(credential.KeyOf(host), () => AskAsync(credential, host));

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
        var service = credential.ServiceOf(host);
        for (var attempt = 0; ; attempt++)
        {
            var granting = await GetGrantingTicketAsync(credential).ConfigureAwait(false);
            var outcome = await _tgs.RunAsync(credential, granting, service).ConfigureAwait(false);
            if (outcome.Ticket is { } ticket)
            {
                _logger.KerberosTicketGranted(credential.AccountName, host);
                return ticket;
            }

            // The KDC's own key or this machine's clock was changed since: a new ticket-granting ticket knows both.
            if (attempt > 0 || !IsAboutGrantingTicket(outcome.Code) || !credential.GrantingTickets.Drop(credential.Principal.Realm, granting, leastAge: TimeSpan.Zero))
            {
                throw KerberosRefusal.OfTgs(credential.AccountName, outcome.Code, credential.NamesService ? null : host);
            }
        }
    }

    private async Task<KerberosTicket> GetGrantingTicketAsync(KerberosCredential credential)
    {
        var realm = credential.Principal.Realm;
        if (credential.GrantingTickets.Find(realm, out var isDue) is not { } ticket)
        {
            return await credential.GrantingTickets.JoinAsync(realm, () => SignInAsync(credential)).ConfigureAwait(false);
        }

        if (isDue)
        {
            // Waited for: a service's ticket ends with the ticket it was got by.
            try
            {
                return await credential.GrantingTickets.JoinAsync(realm, () => SignInAsync(credential)).ConfigureAwait(false);
            }
            catch (AccountUnavailableException exception)
            {
                _logger.KerberosRenewalFailed(credential.AccountName, exception.GetType().Name);
            }
        }

        return ticket;
    }

    private async Task<KerberosTicket> SignInAsync(KerberosCredential credential)
    {
        var ticket = await _as.RunAsync(credential).ConfigureAwait(false);
        if (credential.Clock.Offset is var offset && offset != TimeSpan.Zero)
        {
            _logger.KerberosClockCorrected(credential.AccountName, offset);
        }

        return ticket;
    }

    private static bool IsAboutGrantingTicket(KerberosErrorCode code) => code is KerberosErrorCode.BadIntegrity or KerberosErrorCode.TicketExpired
        or KerberosErrorCode.TicketNotYetValid or KerberosErrorCode.ClockSkew or KerberosErrorCode.Modified or KerberosErrorCode.BadKeyVersion;
}
