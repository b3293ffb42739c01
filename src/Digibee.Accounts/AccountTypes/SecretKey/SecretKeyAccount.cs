using System.Globalization;

namespace Digibee.Accounts;

/// <summary>A symmetric key.</summary>
public sealed record SecretKeyAccount : Account
{
    /// <summary>Gets the key, written as <see cref="Encoding"/> says.</summary>
    public required Secret Key
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    /// <summary>Gets how the key is written. It is kept with the key, so that nobody has to guess.</summary>
    public SecretKeyEncoding Encoding
    {
        get;
        init => field = FieldGuard.Defined(value);
    }

    private protected override AccountType TypeCore => AccountType.SecretKey;

    private protected override void InspectCore(AccountInspection inspection)
    {
        if (!inspection.Require(Key))
        {
            return;
        }

        var key = Key.RevealBytes();
        if (SecretKeySyntax.Length(key, Encoding) is not { } length)
        {
            inspection.Refuse(nameof(Key), Encoding == SecretKeyEncoding.Hexadecimal
                ? "it is not hexadecimal: two of 0-9, a-f, A-F for each byte and nothing between them. Correct it, or choose another encoding."
                : "it is not base64 with padding (RFC 4648, section 4), without spaces and line breaks. Correct it, or choose another encoding.");
            return;
        }

        if (length < 16)
        {
            inspection.Warn(nameof(Key), "it has less than 128 bits, too few for a key that nobody should guess.");
        }

        // Of a text the length is the secret's own: a password's, mostly.
        if (Encoding != SecretKeyEncoding.Text)
        {
            inspection.Note("keySize", (length * 8).ToString(CultureInfo.InvariantCulture));
        }
    }
}
