using MimeKit;

namespace Digibee.Accounts;

/// <summary>Messages to send.</summary>
internal static class TestMessage
{
    public static MimeMessage Create(string subject = "hello", params string[] recipients)
    {
        var message = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = $"This is {subject}.\n.\nA line of one dot stands above.\n" } };
        message.From.Add(new MailboxAddress("", "sender@shop.example"));
        foreach (var recipient in recipients.Length > 0 ? recipients : ["alice@customer.example"])
        {
            message.To.Add(new MailboxAddress("", recipient));
        }

        return message;
    }
}
