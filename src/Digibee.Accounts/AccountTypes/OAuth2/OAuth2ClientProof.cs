using System.Net.Http.Headers;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Puts the client's proof on a token request (RFC 6749, section 2.3; RFC 7523, section 2.2; RFC 8705, section 2).</summary>
internal static class OAuth2ClientProof
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public static void Write(TokenExchange exchange, OAuth2TokenGrant grant, OAuth2EndpointSet endpoints, DateTimeOffset now)
    {
        var account = grant.Account;
        exchange.Certificate = grant.CertificateAccount;
        switch (account.ClientAuthentication)
        {
            case OAuth2ClientAuthentication.Basic:
            case OAuth2ClientAuthentication.Default when account.ClientSecret is not null:
                exchange.Authorization = Basic(grant.ClientId, account.ClientSecret!);
                break;
            case OAuth2ClientAuthentication.Post:
                exchange.Form.Add("client_id", grant.ClientId);
                exchange.Form.Add("client_secret", account.ClientSecret);
                break;
            case OAuth2ClientAuthentication.PrivateKeyJwt:
                // Made for this request: an assertion that was sent once must not be sent again.
                exchange.Form.Add("client_id", grant.ClientId);
                exchange.Form.Add("client_assertion_type", AssertionType);
                exchange.Form.Add("client_assertion", OAuth2Assertion.OfClient(exchange, grant, endpoints, now));
                break;
            default:
                exchange.Form.Add("client_id", grant.ClientId);
                break;
        }
    }

    // Both are form-urlencoded before they are joined, which many leave out and strict servers demand.
    private static AuthenticationHeaderValue Basic(string clientId, Secret clientSecret)
    {
        using var pair = new SecretBufferWriter();
        FormContent.Encode(Encoding.UTF8.GetBytes(clientId), pair);
        ":"u8.CopyTo(pair.GetSpan(1));
        pair.Advance(1);
        FormContent.Encode(clientSecret.RevealBytes(), pair);
        using var buffer = pair.ToSecretBuffer();
        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(buffer.Span));
    }
}
