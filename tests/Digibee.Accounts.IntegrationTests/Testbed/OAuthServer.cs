using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Digibee.Accounts;

/// <summary>npm's oidc-provider: a certified authorization server.</summary>
[CollectionDefinition]
public sealed partial class OAuthServer() : TestbedServer("oauth-oidc-provider"), ICollectionFixture<OAuthServer>
{
    /// <summary>Gets the provider as a program registers it.</summary>
    public OAuth2Provider Provider => new()
    {
        Name = "testbed",
        Issuer = new Uri(this["ISSUER"]),
        AuthorizationEndpoint = new Uri(this["ISSUER"] + "/auth"),
        TokenEndpoint = new Uri(this["ISSUER"] + "/token"),
        DeviceAuthorizationEndpoint = new Uri(this["ISSUER"] + "/device/auth"),
        Prompt = "consent",
    };

    /// <summary>Asks the server what it knows of a token (RFC 7662).</summary>
    public async Task<JsonElement> IntrospectAsync(string token)
    {
        using var client = new HttpClient();
        using var response = await client.PostAsync(new Uri(this["ISSUER"] + "/token/introspection"), new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = token, ["client_id"] = "cc-post", ["client_secret"] = "post-secret" }));
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Does what a browser does in which alice agrees to everything, up to the redirect back to the program.</summary>
    public async Task<Uri> LogInAsync(Uri uri)
    {
        using var browser = Browser();
        while (true)
        {
            using var response = await browser.GetAsync(uri);
            uri = new Uri(uri, response.Headers.Location ?? throw new InvalidOperationException($"The server answered {response.StatusCode}: {await response.Content.ReadAsStringAsync()}"));
            if (uri.OriginalString.StartsWith(this["REDIRECT_URI"], StringComparison.Ordinal))
            {
                return uri;
            }
        }
    }

    /// <summary>Types a device's code in as alice, and agrees.</summary>
    public static async Task AgreeAsync(Uri verificationUri)
    {
        using var browser = Browser();
        var response = await browser.GetAsync(verificationUri);
        for (var step = 0; step < 20; step++)
        {
            if (response.Headers.Location is { } location)
            {
                response = await browser.GetAsync(new Uri(verificationUri, location));
                continue;
            }

            var page = await response.Content.ReadAsStringAsync();
            var form = FormAction().Match(page);
            if (!form.Success)
            {
                return;
            }

            var fields = Inputs().Matches(page).ToDictionary(static input => input.Groups["name"].Value, static input => input.Groups["value"].Value, StringComparer.Ordinal);
            fields.TryAdd("confirm", "yes");
            response = await browser.PostAsync(new Uri(verificationUri, form.Groups["action"].Value), new FormUrlEncodedContent(fields));
        }
    }

    private static HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    [GeneratedRegex("<form[^>]*action=\"(?<action>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex FormAction();

    [GeneratedRegex("<input[^>]*name=\"(?<name>[^\"]*)\"[^>]*value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Inputs();
}
