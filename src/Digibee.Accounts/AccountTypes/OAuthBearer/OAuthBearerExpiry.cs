using System.Buffers.Text;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>When a JSON Web Token ends, as its <c>exp</c> says (RFC 7519, section 4.1.4). Nothing is verified: it is a hint for people.</summary>
internal static class OAuthBearerExpiry
{
    private const double EndOfTime = 253_402_300_799;

    /// <summary>Gives the end; <see langword="null"/> for whatever is not a signed JWT with one. Never throws.</summary>
    public static DateTimeOffset? Of(ReadOnlySpan<byte> token)
    {
        // header.claims.signature
        var claims = token[(token.IndexOf((byte)'.') + 1)..];
        var end = claims.IndexOf((byte)'.');
        if (end < 0 || claims.Length == token.Length || claims[(end + 1)..].Contains((byte)'.'))
        {
            return null;
        }

        using var json = new SecretBuffer(end, end);
        try
        {
            return Base64Url.TryDecodeFromUtf8(claims[..end], json.Span, out var length) ? ReadExpiry(json.Span[..length]) : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return null;
        }
    }

    private static DateTimeOffset? ReadExpiry(ReadOnlySpan<byte> claims)
    {
        var reader = new Utf8JsonReader(claims);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isExpiry = reader.ValueTextEquals("exp"u8);
            reader.Read();
            if (isExpiry)
            {
                // A NumericDate may have a fraction.
                return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var seconds) && seconds is > 0 and <= EndOfTime
                    ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
                    : null;
            }

            reader.Skip();
        }

        return null;
    }
}
