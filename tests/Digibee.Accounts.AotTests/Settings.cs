using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Options, keys, and a program's own serializer.</summary>
internal static class Settings
{
    public static async Task OptionsAreValidatedAsync()
    {
        var exception = await Expect.ThrowsAsync<OptionsValidationException>(
            static () =>
            {
                using var accounts = DigibeeAccounts.Create(static builder => builder
                    .Configure(static options => options.KeepRevisions = 0)
                    .UseInMemoryStore()
                    .UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText())));
                return Task.CompletedTask;
            },
            "no environment and no revisions are taken");

        Expect.That(exception.Failures.Count() == 2, "both options are named");
    }

    public static async Task KeyTextsAreParsedAsync()
    {
        using var ring = KeyRing.Parse($"{KeyRing.NewKeyText()}\n{KeyRing.NewKeyText()}");
        var text = KeyRing.NewKeyText();

        var exception = await Expect.ThrowsAsync<AccountSealException>(
            () =>
            {
                using var broken = KeyRing.Parse(text[..^1]);
                return Task.CompletedTask;
            },
            "a cut key is taken");

        Expect.That(exception.Reason == AccountSealFailure.InvalidKey, "the reason is the key");
        Expect.That(!exception.ToString().Contains(text[23..^1], StringComparison.Ordinal), "the key is not in the message");
    }

    public static Task JsonShowsNoSecretAsync()
    {
        var account = new BasicAccount { Name = "cave", UserName = "Aladdin", Password = new Secret("open sesame") };

        var json = JsonSerializer.Serialize(account, ProgramJson.Default.BasicAccount);

        Expect.That(json.Contains("Aladdin", StringComparison.Ordinal) && json.Contains("\"***\"", StringComparison.Ordinal), "the password is three stars");
        Expect.That(!json.Contains("sesame", StringComparison.Ordinal), "the password is not there");
        return Task.CompletedTask;
    }
}
