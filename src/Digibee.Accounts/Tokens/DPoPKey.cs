using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Digibee.Accounts;

/// <summary>A key that tokens are bound to, and proofs of holding it (RFC 9449): ES256, the one algorithm that every implementation has. Safe for concurrent use.</summary>
internal sealed class DPoPKey : IDisposable
{
    private readonly ECDsa _key;
    private readonly Dictionary<string, object> _header;

    private DPoPKey(ECDsa key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        _header = new(StringComparer.Ordinal)
        {
            ["jwk"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["x"] = Base64Url.EncodeToString(point.X!),
                ["y"] = Base64Url.EncodeToString(point.Y!),
            },
        };
    }

    public static DPoPKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a key that <see cref="Export"/> wrote.</summary>
    public static DPoPKey Import(Secret base64Pkcs8)
    {
        var text = base64Pkcs8.RevealBytes();
        using var pkcs8 = new SecretBuffer(text.Length, text.Length);
        if (Base64.DecodeFromUtf8(text, pkcs8.Span, out _, out var length) != OperationStatus.Done)
        {
            throw new FormatException("It is not base64.");
        }

        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8.Span[..length], out _);
        return new(key);
    }

    public Secret Export()
    {
        var pkcs8 = _key.ExportPkcs8PrivateKey();
        var text = GC.AllocateUninitializedArray<byte>(Base64.GetMaxEncodedToUtf8Length(pkcs8.Length), pinned: true);
        Base64.EncodeToUtf8(pkcs8, text, out _, out _);
        CryptographicOperations.ZeroMemory(pkcs8);
        return Secret.TakeOver(text);
    }

    /// <summary>Makes a proof for one request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="uri">Its URI; query and fragment do not count (section 4.2).</param>
    /// <param name="nonce">The server's nonce, if it gave one.</param>
    /// <param name="accessToken">The token it is sent with; <see langword="null"/> at the token endpoint.</param>
    /// <param name="now">The time.</param>
    public string CreateProof(string method, Uri uri, string? nonce, Secret? accessToken, DateTimeOffset now)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["jti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
            ["htm"] = method,
            ["htu"] = uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),
            ["iat"] = now.ToUnixTimeSeconds(),
        };
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        if (accessToken is not null)
        {
            claims["ath"] = Base64Url.EncodeToString(SHA256.HashData(accessToken.RevealBytes()));
        }

        return SignedJwt.Create(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256, "dpop+jwt", claims, _header);
    }

    public void Dispose() => _key.Dispose();
}
