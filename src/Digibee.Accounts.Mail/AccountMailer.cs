using MailKit.Net.Smtp;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Digibee.Accounts;

/// <summary>The mailer of one realm and environment, over connections that all mailers of a program share.</summary>
internal sealed class AccountMailer(IAccountVault vault, MailConnector connector, MailPools pools, ILogger<AccountMailer> logger) : IAccountMailer
{
    public async Task<SmtpClient> ConnectAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var pool = pools.Enter(await OpenAsync(name, cancellationToken).ConfigureAwait(false));
        try
        {
            // Through the pool for its refusals alone: a wrong password locks the mailbox whoever shows it.
            return await pool.ConnectAsync(connector, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            pools.Leave(pool);
        }
    }

    public async Task<string> SendAsync(string name, MimeMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(message);
        var pool = pools.Enter(await OpenAsync(name, cancellationToken).ConfigureAwait(false));
        try
        {
            await pool.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await SendAsync(pool, message, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                pool.Release();
            }
        }
        finally
        {
            pools.Leave(pool);
        }
    }

    public IAccountMailer For(string realm, string environment) => new AccountMailer(vault.For(realm, environment), connector, pools, logger);

    private async Task<string> SendAsync(MailPool pool, MimeMessage message, CancellationToken cancellationToken)
    {
        if (pools.TakeIdle(pool) is { } kept)
        {
            try
            {
                return await SendAsync(pool, kept, message, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (MailFailure.WasGone(kept, exception))
            {
                // The others were connected before or soon after, to the server that has gone: a new one, and one only.
                logger.MailConnectionLost(pool.Target.AccountName, pool.Target.Profile.Host);
            }
        }

        var client = await pool.ConnectAsync(connector, cancellationToken).ConfigureAwait(false);
        logger.MailConnectionOpened(pool.Target.AccountName, pool.Target.Profile.Host);
        try
        {
            return await SendAsync(pool, client, message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (MailFailure.NothingWasTaken(client, exception))
        {
            throw MailFailure.Broken(pool.Target);
        }
    }

    private async Task<string> SendAsync(MailPool pool, AccountSmtpClient client, MimeMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.SendCountedAsync(message, cancellationToken).ConfigureAwait(false);
            if (client.RefusedRecipients > 0)
            {
                logger.MailRecipientsRefused(pool.Target.AccountName, client.RefusedRecipients);
            }

            return answer;
        }
        catch (Exception exception) when (client.WasSenderTaken && MailFailure.IsBreak(exception))
        {
            throw MailFailure.Unknown(pool.Target);
        }
        finally
        {
            // After a refusal MailKit has reset the connection; after a break it has closed it.
            pools.Return(pool, client);
        }
    }

    private async ValueTask<MailTarget> OpenAsync(string name, CancellationToken cancellationToken) =>
        await connector.PrepareAsync(await vault.OpenAsync(name, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
}
