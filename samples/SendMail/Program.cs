using Digibee.Accounts;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using SendMail;

// Mail through an account: sent, changed while the program runs, and not sent where it must not be. The server is on loopback, with a certificate of its own.
using var server = MailServer.Start();
using var keyRing = KeyRing.Parse(KeyRing.NewKeyText());
await using var accounts = DigibeeAccounts.Create(builder => builder
    .Configure(options => options.Environment = "test")
    .UseInMemoryStore()
    .UseKeyRing(keyRing)
    .AddMail(options => options.TrustedRoots.Add(server.Certificate)));
var mailer = accounts.GetMailer();

// As the platform keeps it. STARTTLS is mandatory; the strongest mechanism is chosen.
var account = SmtpAccount.FromProperties("mail", new Dictionary<string, string>(StringComparer.Ordinal)
{
    ["HOST"] = "localhost",
    ["PORT"] = $"{server.Port}",
    ["USERNAME"] = "orders@shop.example",
    ["PASSWORD"] = "first",
    ["STARTTLS_ENABLE"] = "true",
    ["AUTH"] = "true",
});
await accounts.Vault.SaveAsync(account);

var failed = 0;
server.Password = "first";
await mailer.SendAsync("mail", Message("one"));
await mailer.SendAsync("mail", Message("two"));
Check("two messages went over one connection", server is { Messages: 2, SignIns: 1 });

server.Password = "second";
await accounts.Vault.SaveAsync(account with { Password = new Secret("second") });
await mailer.SendAsync("mail", Message("three"));
Check("the message after a saved change was sent with the new password", server is { Messages: 3, SignIns: 2 });

await accounts.Vault.SaveAsync(account with { Password = new Secret("wrong") });
Check("a wrong password was refused", await ThrowsAsync<AccountAuthenticationException>());

server.OffersStartTls = false;
await accounts.Vault.SaveAsync(account with { Password = new Secret("second") });
Check("nothing was sent where STARTTLS is missing", await ThrowsAsync<AccountUnavailableException>() && server is { Messages: 3, SignIns: 3 });

Console.WriteLine($"{failed} failed");
return failed == 0 ? 0 : 1;

static MimeMessage Message(string subject)
{
    var message = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = "It is on its way." } };
    message.From.Add(MailboxAddress.Parse("orders@shop.example"));
    message.To.Add(MailboxAddress.Parse("alice@customer.example"));
    return message;
}

async Task<bool> ThrowsAsync<TException>()
    where TException : AccountException
{
    try
    {
        await mailer.SendAsync("mail", Message("refused"));
        return false;
    }
    catch (TException exception)
    {
        Console.WriteLine($"     {exception.Message}");
        return true;
    }
}

void Check(string what, bool isRight)
{
    failed += isRight ? 0 : 1;
    Console.WriteLine($"{(isRight ? "ok  " : "FAIL")} {what}");
}
