using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Digibee.Accounts;

/// <summary>A <see cref="Secret"/> inside the seal: its own bytes, and no string made of them. Only <see cref="AccountJson"/> has this converter.</summary>
internal sealed class SealedSecretJsonConverter : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }

        var written = GC.AllocateUninitializedArray<byte>(reader.ValueSpan.Length, pinned: true);
        var length = reader.CopyString(written);
        if (length == written.Length)
        {
            return Secret.TakeOver(written);
        }

        // Escapes made it shorter.
        var exact = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        written.AsSpan(0, length).CopyTo(exact);
        CryptographicOperations.ZeroMemory(written);
        return Secret.TakeOver(exact);
    }

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options)
    {
        // The writer's own escaping would leave pieces of the secret in rented arrays.
        using var literal = JsonLiteral.Of(value.RevealBytes());
        writer.WriteRawValue(literal.Span, skipInputValidation: true);
    }
}
