using System.Text;

namespace Digibee.Accounts;

/// <summary>A token endpoint that hands out one and the same token.</summary>
internal sealed class StubTokenEndpoint : HttpMessageHandler
{
    public const string Token = "mF_9.B5f-4.1JqM";

    public static OAuth2Provider Provider { get; } = new() { Name = "crm", TokenEndpoint = new Uri("https://login.crm.example/token") };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
        new HttpResponseMessage { Content = new StringContent($$"""{"access_token":"{{Token}}","token_type":"Bearer","expires_in":86400}""", Encoding.UTF8, "application/json") });
}
