using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

public sealed class AccountReferenceTests
{
    [Fact]
    public async Task UseAccount_OnAMessageThatAnotherProgramSendsToo_MeansEachProgramsOwnAccount()
    {
        await using var first = Create("tenant-a");
        await using var second = Create("tenant-b");
        await first.Vault.SaveAsync(Bearer("of-a"));
        await second.Vault.SaveAsync(Bearer("of-b"));
        var sent = new List<string?>();
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/").UseAccount("crm");

        foreach (var accounts in new[] { first, second, first })
        {
            using var handler = new HttpMessageInvoker(accounts.CreateHandler([], new TestPrimaryHandler(message =>
            {
                sent.Add(message.Headers.Authorization!.Parameter);
                return new HttpResponseMessage { RequestMessage = message };
            })));
            using var response = await handler.SendAsync(request, CancellationToken.None);
        }

        sent.Should().Equal("of-a", "of-b", "of-a");
    }

    private static DigibeeAccounts Create(string realm) => DigibeeAccounts.Create(accounts => accounts
        .Configure(options =>
        {
            options.Environment = "test";
            options.Realm = realm;
        })
        .UseInMemoryStore()
        .UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText())));

    private static OAuthBearerAccount Bearer(string token) => new() { Name = "crm", Token = new Secret(token), AllowedOrigins = ["https://api.example"] };
}
