using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>What signing takes of a key file: who it is of, its key, where assertions go.</summary>
internal sealed class GoogleKeyMaterial : IDisposable
{
    private static readonly Uri GooglesTokenUri = new("https://oauth2.googleapis.com/token");

    private GoogleKeyMaterial(string clientEmail, AssertionKey key, TokenEndpoint endpoint)
    {
        ClientEmail = clientEmail;
        Key = key;
        Endpoint = endpoint;
    }

    public string ClientEmail { get; }

    public AssertionKey Key { get; }

    public TokenEndpoint Endpoint { get; }

    /// <summary>Reads a key file that a save has accepted.</summary>
    /// <exception cref="AccountValidationException">Its private key does not sign, or its token URI is none.</exception>
    public static GoogleKeyMaterial Read(GoogleKeyAccount account)
    {
        string? email = null, keyId = null, tokenUri = null;
        Secret? pem = null;
        var reader = new Utf8JsonReader(account.Key.RevealBytes());
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.GetString();
            reader.Read();
            switch (member)
            {
                case "client_email":
                    email = reader.GetString();
                    break;
                case "private_key_id":
                    keyId = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                    break;
                case "token_uri":
                    tokenUri = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                    break;
                case "private_key":
                    using (var text = new SecretBuffer(reader.ValueSpan.Length, reader.ValueSpan.Length))
                    {
                        text.Truncate(reader.CopyString(text.Span));
                        pem = new Secret(text.Span);
                    }

                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var key = AssertionKey.TryRead(pem!.RevealBytes(), [], keyId);
        if (key is not { IsRsa: true })
        {
            key?.Dispose();
            throw Unusable(account, "its private_key is not an RSA key of 2,048 bits at least. Download a new key.");
        }

        return new(email!, key, EndpointOf(account, tokenUri));
    }

    public void Dispose() => Key.Dispose();

    private static TokenEndpoint EndpointOf(GoogleKeyAccount account, string? tokenUri)
    {
        if (tokenUri is null || tokenUri == GooglesTokenUri.OriginalString)
        {
            return new(GooglesTokenUri, IsFromData: false);
        }

        return Uri.TryCreate(tokenUri, UriKind.Absolute, out var uri) ? new(uri, IsFromData: true) : throw Unusable(account, "its token_uri is not a URI. Paste the key file as it was downloaded.");
    }

    private static AccountValidationException Unusable(GoogleKeyAccount account, string why) => new(account.Name, [new AccountProblem(nameof(GoogleKeyAccount.Key), why)]);
}
