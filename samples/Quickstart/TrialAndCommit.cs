using Digibee.Accounts;

namespace Quickstart;

/// <summary>Tries a token in a scope, where nobody else sees it, and then stores it for everybody.</summary>
internal static class TrialAndCommit
{
    public static async Task<(bool Succeeded, string Outcome)> RunAsync(IAccountVault vault, CrmService service, HttpClient client)
    {
        // The service takes the new token only, from here on; the stored account has the one before.
        service.Tokens[Samples.TriedToken] = true;
        service.Tokens.TryRemove(Samples.RotatedToken, out _);
        var current = await vault.GetAsync<OAuthBearerAccount>(Samples.Bearer);
        var stored = await SendAsync(client);

        int tried;
        using (var scope = vault.BeginScope())
        {
            scope.Set(current with { Token = new Secret(Samples.TriedToken) });
            tried = await SendAsync(client);
            await scope.CommitAsync(Samples.Bearer);
        }

        var committed = await SendAsync(client);
        return (stored == 401 && tried == 200 && committed == 200, $"{stored} as stored, {tried} in the scope, {committed} after its commit");
    }

    private static async Task<int> SendAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/bearer");
        return (int)answer.StatusCode;
    }
}
