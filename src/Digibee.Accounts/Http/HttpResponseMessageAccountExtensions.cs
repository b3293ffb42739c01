using System.Net;
using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>Tells of an answer what the library made of it.</summary>
public static class HttpResponseMessageAccountExtensions
{
    // By the response and not on its message: a message that is sent again would keep the refusal of its first answer.
    private static readonly ConditionalWeakTable<HttpResponseMessage, AccountRefusal> Refusals = [];

    /// <summary>Gives why we think the server refused the accounts of this request.</summary>
    /// <param name="response">An answer that came through a client with accounts.</param>
    /// <returns>The refusal; <see langword="null"/> when the answer is no 401 or 403, or no account was on the request.</returns>
    public static AccountRefusal? GetAccountRefusal(this HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return Refusals.TryGetValue(response, out var refusal) ? refusal : null;
    }

    internal static bool IsRefusal(this HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    internal static void SetAccountRefusal(this HttpResponseMessage response, AccountRefusal refusal) => Refusals.AddOrUpdate(response, refusal);
}
