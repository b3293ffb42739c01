using Digibee.Accounts;

namespace Quickstart;

/// <summary>Sends to a place that the account does not name, and says what became of it.</summary>
internal static class ForeignOrigin
{
    public static async Task<(bool IsRefused, string Outcome)> TryAsync(HttpClient client, CrmService stranger)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri($"{stranger.Origin}/bearer"));
            return (false, $"{(int)answer.StatusCode} {answer.ReasonPhrase}");
        }
        catch (AccountOriginException exception)
        {
            return (stranger.Requests == 0, $"{exception.GetType().Name}, {stranger.Requests} requests arrived");
        }
    }
}
