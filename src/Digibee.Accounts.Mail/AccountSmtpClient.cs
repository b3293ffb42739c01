using System.Net;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Digibee.Accounts;

/// <summary>MailKit's client with the settings of one account, that knows how far a message got.</summary>
internal sealed class AccountSmtpClient(BoundedProtocolLogger log, SmtpSettings settings) : SmtpClient(log)
{
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    private readonly RedactingProtocolLogger? _redacting = log.Log as RedactingProtocolLogger;
    private readonly DeliveryStatusNotification? _notifyOn = Notifications(settings.NotifyOn);

    /// <summary>Gets how many messages it was given.</summary>
    public int Messages { get; private set; }

    /// <summary>Gets whether the server has taken the last message's sender. Before that, nothing of the message itself was sent.</summary>
    public bool WasSenderTaken { get; private set; }

    /// <summary>Gets how many recipients of the last message the server refused.</summary>
    public int RefusedRecipients { get; private set; }

    public Task<string> SendCountedAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        Messages++;
        WasSenderTaken = false;
        RefusedRecipients = 0;
        return SendAsync(message, cancellationToken);
    }

    /// <summary>Says farewell, if the account wants it, and closes. Throws nothing.</summary>
    public async Task CloseAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(FarewellTime);
            await DisconnectAsync(settings.QuitsPolitely, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (MailFailure.IsBreak(exception) || exception is SmtpCommandException or OperationCanceledException or ObjectDisposedException)
        {
            // Gone already.
        }
        finally
        {
            Dispose();
        }
    }

    public override async Task AuthenticateAsync(SaslMechanism mechanism, CancellationToken cancellationToken = default)
    {
        BeginSignIn();
        try
        {
            await base.AuthenticateAsync(mechanism, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            EndSignIn();
        }
    }

    public override async Task AuthenticateAsync(Encoding encoding, ICredentials credentials, CancellationToken cancellationToken = default)
    {
        BeginSignIn();
        try
        {
            await base.AuthenticateAsync(encoding, credentials, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            EndSignIn();
        }
    }

    public override void Authenticate(SaslMechanism mechanism, CancellationToken cancellationToken = default)
    {
        BeginSignIn();
        try
        {
            base.Authenticate(mechanism, cancellationToken);
        }
        finally
        {
            EndSignIn();
        }
    }

    public override void Authenticate(Encoding encoding, ICredentials credentials, CancellationToken cancellationToken = default)
    {
        BeginSignIn();
        try
        {
            base.Authenticate(encoding, credentials, cancellationToken);
        }
        finally
        {
            EndSignIn();
        }
    }

    public override Task<string> SendAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken = default, ITransferProgress? progress = null) => Sender is { } sender
        ? SendAsync(options, message, sender, RecipientsOf(message), cancellationToken, progress)
        : base.SendAsync(options, message, cancellationToken, progress);

    public override string Send(FormatOptions options, MimeMessage message, CancellationToken cancellationToken = default, ITransferProgress? progress = null) => Sender is { } sender
        ? Send(options, message, sender, RecipientsOf(message), cancellationToken, progress)
        : base.Send(options, message, cancellationToken, progress);

    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        WasSenderTaken = true;
        base.OnSenderAccepted(message, mailbox, response);
    }

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        RefusedRecipients++;
        if (!settings.SendsPartially)
        {
            base.OnRecipientNotAccepted(message, mailbox, response);
        }
    }

    protected override DeliveryStatusNotification? GetDeliveryStatusNotifications(MimeMessage message, MailboxAddress mailbox) =>
        _notifyOn ?? base.GetDeliveryStatusNotifications(message, mailbox);

    private void BeginSignIn() => _redacting?.BeginSignIn();

    private void EndSignIn() => _redacting?.EndSignIn();

    private MailboxAddress? Sender => settings.From is { } from ? new MailboxAddress("", from) : null;

    // As MailKit does without a sender of its own (RFC 5322, section 3.6.6).
    private static IEnumerable<MailboxAddress> RecipientsOf(MimeMessage message) => message.ResentSender is not null || message.ResentFrom.Count > 0
        ? message.ResentTo.Mailboxes.Concat(message.ResentCc.Mailboxes).Concat(message.ResentBcc.Mailboxes)
        : message.To.Mailboxes.Concat(message.Cc.Mailboxes).Concat(message.Bcc.Mailboxes);

    private static DeliveryStatusNotification? Notifications(string[] words)
    {
        var on = DeliveryStatusNotification.Never;
        foreach (var word in words)
        {
            on |= word switch
            {
                "SUCCESS" => DeliveryStatusNotification.Success,
                "FAILURE" => DeliveryStatusNotification.Failure,
                "DELAY" => DeliveryStatusNotification.Delay,
                _ => DeliveryStatusNotification.Never,
            };
        }

        return words.Length == 0 ? null : on;
    }
}
