using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using SendMail;

namespace Digibee.Accounts;

/// <summary>Mail through MailKit, which picks mechanisms and reads messages without reflection.</summary>
internal static class SentMail
{
    public static async Task MailIsSentAsync()
    {
        using var server = MailServer.Start();
        await using var accounts = DigibeeAccounts.Create(builder => builder
            .Configure(static options => options.Environment = "test")
            .UseInMemoryStore()
            .UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText()))
            .AddMail(options => options.TrustedRoots.Add(server.Certificate)));
        server.Password = "mail-pw";
        await accounts.Vault.SaveAsync(new SmtpAccount
        {
            Name = "mail",
            Host = "localhost",
            Port = server.Port,
            UserName = "orders@shop.example",
            Password = new Secret("mail-pw"),
            Properties = ["mail.smtp.ssl.protocols=TLSv1.2 TLSv1.3", "mail.smtp.timeout=30000"],
        });
        var message = new MimeMessage { Subject = "Your order", Body = new TextPart("plain") { Text = "It is on its way." } };
        message.From.Add(MailboxAddress.Parse("orders@shop.example"));
        message.To.Add(MailboxAddress.Parse("alice@customer.example"));

        await accounts.GetMailer().SendAsync("mail", message);

        Expect.That(server is { Messages: 1, SignIns: 1 }, "the server has the message");
    }
}
