namespace Digibee.Accounts;

/// <summary>A kept connection.</summary>
/// <param name="Client">The connection.</param>
/// <param name="Since">Since when it has been kept, by the time provider's timestamp.</param>
internal readonly record struct MailIdleClient(AccountSmtpClient Client, long Since);
