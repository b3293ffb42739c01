using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>A token endpoint's JSON (RFC 6749, sections 5.1 and 5.2), read from its bytes: secrets become <see cref="Secret"/>, never strings.</summary>
/// <remarks>By hand and not by a library's response type: those keep the tokens as strings and the whole document besides.</remarks>
internal sealed class TokenResponseReader
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 16 };

    public Secret? AccessToken { get; private set; }

    public Secret? RefreshToken { get; private set; }

    public Secret? IdToken { get; private set; }

    public Secret? DeviceCode { get; private set; }

    public string? TokenType { get; private set; }

    public string? Error { get; private set; }

    /// <summary>Gets <c>expires_in</c>; <see langword="null"/> when it is missing, not a number, or not above zero.</summary>
    public TimeSpan? ExpiresIn { get; private set; }

    public TimeSpan? Interval { get; private set; }

    public string? UserCode { get; private set; }

    public string? VerificationUri { get; private set; }

    public string? VerificationUriComplete { get; private set; }

    /// <summary>Reads a document; <see langword="null"/> when it is not a JSON object. Never throws for any input.</summary>
    public static TokenResponseReader? TryRead(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            // A byte order mark is none of JSON's, and some send it.
            var reader = new Utf8JsonReader(utf8Json.StartsWith(Encoding.UTF8.Preamble) ? utf8Json[3..] : utf8Json, Strict);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            var response = new TokenResponseReader();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                response.ReadMember(ref reader);
            }

            // Throws when anything but white space follows.
            reader.Read();
            return response;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // Not JSON, or half of a surrogate pair. The framework's message quotes the input.
            return null;
        }
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        var name = reader.GetString();
        reader.Read();
        switch (name)
        {
            case "access_token":
                AccessToken = ReadSecret(ref reader);
                break;
            case "refresh_token":
                RefreshToken = ReadSecret(ref reader);
                break;
            case "id_token":
                IdToken = ReadSecret(ref reader);
                break;
            case "device_code":
                DeviceCode = ReadSecret(ref reader);
                break;
            case "token_type":
                TokenType = ReadText(ref reader);
                break;
            case "error":
                // Some wrap it into an object of their own, and some write null for none.
                Error = reader.TokenType == JsonTokenType.Null ? null : ReadText(ref reader) ?? "unknown";
                break;
            case "expires_in":
                ExpiresIn = ReadSeconds(ref reader);
                break;
            case "interval":
                Interval = ReadSeconds(ref reader);
                break;
            case "user_code":
                UserCode = ReadText(ref reader);
                break;
            case "verification_uri" or "verification_url":
                VerificationUri = ReadText(ref reader);
                break;
            case "verification_uri_complete":
                VerificationUriComplete = ReadText(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    // Empty is as good as none.
    private static Secret? ReadSecret(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        using var text = new SecretBuffer(reader.ValueSpan.Length, reader.ValueSpan.Length);
        var length = reader.CopyString(text.Span);
        return length == 0 ? null : new Secret(text.Span[..length]);
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString() is { Length: > 0 and <= 2_048 } text ? text : null;
        }

        reader.Skip();
        return null;
    }

    // A number, or a number between quotes, with or without a fraction.
    private static TimeSpan? ReadSeconds(ref Utf8JsonReader reader)
    {
        var seconds = 0d;
        var isNumber = reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetDouble(out seconds),
            JsonTokenType.String => double.TryParse(reader.GetString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds),
            _ => false,
        };
        reader.Skip();
        return isNumber && seconds is > 0 and < 10_000_000_000 ? TimeSpan.FromSeconds(Math.Ceiling(seconds)) : null;
    }
}
