using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace Digibee.Accounts;

/// <summary>Exim, with a Dovecot that checks SCRAM: mail that somebody else's server takes.</summary>
[CollectionDefinition]
public sealed class EximServer() : TestbedServer("smtp-exim"), ICollectionFixture<EximServer>
{
    public string AccessToken => this["ACCESS_TOKEN"];

    public int Port(string key) => int.Parse(this[key], CultureInfo.InvariantCulture);

    /// <summary>Gives an account that it accepts.</summary>
    public SmtpAccount Account(string name, SmtpTls tls = SmtpTls.StartTls) => new()
    {
        Name = name,
        Host = "localhost",
        Port = Port(tls == SmtpTls.Implicit ? "TLS_PORT" : "STARTTLS_PORT"),
        UserName = this["SMTP_USER"],
        Password = new Secret(this["SMTP_PASSWORD"]),
        Tls = tls,
    };

    public X509Certificate2 Root => X509CertificateLoader.LoadCertificateFromFile(this["ROOT_CA"]);

    /// <summary>Gives the files of messages with a subject, one for each recipient.</summary>
    public string[] Messages(string subject) => [.. Directory.GetFiles(this["MAIL"]).Where(static path => !Path.GetFileName(path).StartsWith("temp.", StringComparison.Ordinal)).Select(File.ReadAllText).Where(text => text.Contains($"Subject: {subject}\n", StringComparison.Ordinal))];

    /// <summary>Waits until so many messages with a subject are delivered.</summary>
    public async Task<string[]> WaitForAsync(string subject, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        string[] messages;
        while ((messages = Messages(subject)).Length < count)
        {
            await Task.Delay(50, limit.Token);
        }

        return messages;
    }

    /// <summary>Gives the lines of its log that hold a text.</summary>
    public string[] Log(string text) => [.. File.ReadAllLines(this["LOG"]).Where(line => line.Contains(text, StringComparison.Ordinal))];
}
