using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>The fields of a signed form.</summary>
internal static class AwsV4PostForm
{
    /// <summary>Signs a policy.</summary>
    public static List<KeyValuePair<string, string>> Sign(AwsV4PostPolicy policy, AwsV4SigningKeys keys, AwsV4Instant instant, AwsV4Scope scope, string accessKeyId, DateTimeOffset expiresAt)
    {
        var credential = new AwsV4CredentialScope(instant, scope.Region, scope.Service);
        List<KeyValuePair<string, string>> own =
        [
            new("x-amz-algorithm", Encoding.ASCII.GetString(credential.Algorithm)),
            new("x-amz-credential", $"{accessKeyId}/{Encoding.ASCII.GetString(credential.Text)}"),
            new("x-amz-date", instant.Text),
        ];
        if (keys.SessionToken is { } token)
        {
            own.Add(new("x-amz-security-token", token));
        }

        var text = Write(policy, own, expiresAt);
        var signature = Sign(text, keys, instant, scope.Region, scope.Service);
        return [.. policy.Fields, .. own, new("policy", text), new("x-amz-signature", signature)];
    }

    /// <summary>Signs a policy as it is sent, which is the whole string to sign.</summary>
    internal static string Sign(string policy, AwsV4SigningKeys keys, AwsV4Instant instant, ReadOnlySpan<char> region, ReadOnlySpan<char> service)
    {
        Span<byte> signature = stackalloc byte[AwsV4Signer.MaxSignatureLength];
        var bytes = Encoding.ASCII.GetBytes(policy);
        while (true)
        {
            // A key that was replaced between its look-up and its use is derived again.
            var key = keys.Get(instant, region, service);
            var isSigned = key.TrySign(bytes, signature, out var length);
            keys.Return(key);
            if (isSigned)
            {
                return Convert.ToHexStringLower(signature[..length]);
            }
        }
    }

    private static string Write(AwsV4PostPolicy policy, IEnumerable<KeyValuePair<string, string>> own, DateTimeOffset expiresAt)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            policy.WriteTo(writer, expiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), own);
        }

        return Convert.ToBase64String(json.WrittenSpan);
    }
}
