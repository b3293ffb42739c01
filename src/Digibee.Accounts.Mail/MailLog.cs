using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Every log message of mail. Parameters are names and counts.</summary>
internal static partial class MailLog
{
    [LoggerMessage(EventId = 171, EventName = nameof(MailConnectionOpened), Level = LogLevel.Debug, Message = "Connected account '{AccountName}' to the mail server {Host}")]
    public static partial void MailConnectionOpened(this ILogger logger, string accountName, string host);

    [LoggerMessage(EventId = 172, EventName = nameof(MailConnectionLost), Level = LogLevel.Information,
        Message = "A kept connection of account '{AccountName}' to the mail server {Host} was gone before anything was sent over it. The message goes over a new one")]
    public static partial void MailConnectionLost(this ILogger logger, string accountName, string host);

    [LoggerMessage(EventId = 173, EventName = nameof(MailRecipientsRefused), Level = LogLevel.Warning,
        Message = "Sent a message with account '{AccountName}' to some of its recipients only: the server refused {Count}, and mail.smtp.sendpartial is set")]
    public static partial void MailRecipientsRefused(this ILogger logger, string accountName, int count);
}
