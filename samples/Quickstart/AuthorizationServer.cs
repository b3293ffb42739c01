using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Quickstart;

/// <summary>Gives tokens for two grants, whose proofs it checks without the library: a client's name and secret, and an assertion that a Google key signed.</summary>
internal sealed class AuthorizationServer : IDisposable
{
    private readonly RSA _googleKey = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, bool> _tokens = new(StringComparer.Ordinal);

    /// <summary>Gives the key file of a service account, as it is downloaded.</summary>
    public string GoogleKeyFile(string tokenUri) => JsonSerializer.Serialize(new
    {
        type = "service_account",
        private_key = _googleKey.ExportPkcs8PrivateKeyPem(),
        client_email = "robot@shop.example",
        token_uri = tokenUri,
    });

    /// <summary>Gets a line of the Google key, to look for.</summary>
    public string GoogleKeyLine => _googleKey.ExportPkcs8PrivateKeyPem().Split('\n')[1];

    /// <summary>Takes a token request of either grant.</summary>
    public async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var isGood = form["grant_type"].ToString() switch
        {
            "client_credentials" => request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"shop:{Samples.ClientSecret}")),
            "urn:ietf:params:oauth:grant-type:jwt-bearer" => IsSigned(form["assertion"].ToString(), new Uri(request.Scheme + "://" + request.Host + request.Path)),
            _ => false,
        };
        if (!isGood)
        {
            return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        }

        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _tokens[token] = true;
        return Results.Json(new { access_token = token, token_type = "Bearer", expires_in = 3600 });
    }

    /// <summary>Tells whether a request carries a token that was given out here.</summary>
    public bool Accepts(HttpRequest request) =>
        request.Headers.Authorization is [['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token]] && _tokens.ContainsKey(token);

    public void Dispose() => _googleKey.Dispose();

    private bool IsSigned(string assertion, Uri audience)
    {
        if (assertion.Split('.') is not [var header, var claims, var signature])
        {
            return false;
        }

        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
        return document.RootElement.GetProperty("aud").GetString() == audience.AbsoluteUri
            && document.RootElement.GetProperty("iss").GetString() == "robot@shop.example"
            && _googleKey.VerifyData(Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
