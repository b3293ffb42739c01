using Digibee.Accounts;

namespace Quickstart;

/// <summary>An account that one flow alone sees, and its commit, after which everybody does.</summary>
internal static class Scope
{
    public static async Task<(bool Succeeded, string Outcome)> RunAsync(IAccountVault vault, CrmService service, HttpClient client)
    {
        service.Tokens[Samples.ScopedToken] = true;
        var stored = await vault.GetAsync<OAuthBearerAccount>(Samples.Bearer);
        service.Tokens.TryRemove(Samples.RotatedToken, out _);   // the stored token is refused from here on

        int inside;
        int beside;
        using (var scope = vault.BeginScope())
        {
            scope.Set(stored with { Token = new Secret(Samples.ScopedToken) });
            inside = await SendAsync(client);

            // What does not come from this flow sees the stored account.
            Task<int> sibling;
            using (ExecutionContext.SuppressFlow())
            {
                sibling = Task.Run(() => SendAsync(client));
            }

            beside = await sibling;
            await scope.CommitAsync(Samples.Bearer);
        }

        var after = await SendAsync(client);
        return (inside == 200 && beside == 401 && after == 200, $"{inside} in the scope, {beside} beside it, {after} after the commit");
    }

    private static async Task<int> SendAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/bearer");
        return (int)answer.StatusCode;
    }
}
