using Digibee.Accounts;

namespace Quickstart;

/// <summary>Sends to a place that the account does not name.</summary>
internal static class ForeignOrigin
{
    public static async Task<bool> IsRefusedAsync(HttpClient client, CrmService stranger)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri($"{stranger.Origin}/bearer"));
            return false;
        }
        catch (AccountOriginException)
        {
            return stranger.Requests == 0;
        }
    }
}
