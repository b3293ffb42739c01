namespace Digibee.Accounts;

/// <summary>What a PEM text holds by its labels. Nothing is decoded here.</summary>
internal readonly record struct PemContent
{
    public int Blocks { get; private init; }

    public int Certificates { get; private init; }

    public int PrivateKeys { get; private init; }

    /// <summary>Gets whether some private key cannot be read without a password.</summary>
    public bool IsEncrypted { get; private init; }

    /// <summary>Gets whether some private key keeps to itself whether it is encrypted: OpenSSH and PGP say it inside.</summary>
    public bool MayBeEncrypted { get; private init; }

    /// <summary>Gets whether a block has no end.</summary>
    public bool IsBroken { get; private init; }

    public static PemContent Of(ReadOnlySpan<byte> text)
    {
        var content = default(PemContent);
        var blocks = new PemBlocks(text);
        while (blocks.MoveNext())
        {
            var label = blocks.Label;
            var isArmored = label.StartsWith("PGP "u8) || label.StartsWith("OPENSSH "u8);
            var isPrivateKey = label.EndsWith("PRIVATE KEY"u8) || label.SequenceEqual("PGP PRIVATE KEY BLOCK"u8);
            content = content with
            {
                Blocks = content.Blocks + 1,
                Certificates = content.Certificates + (label.EndsWith("CERTIFICATE"u8) ? 1 : 0),
                PrivateKeys = content.PrivateKeys + (isPrivateKey ? 1 : 0),
                MayBeEncrypted = content.MayBeEncrypted || (isPrivateKey && isArmored),
                IsEncrypted = content.IsEncrypted || label.SequenceEqual("ENCRYPTED PRIVATE KEY"u8) || (isPrivateKey && blocks.Body.IndexOf("4,ENCRYPTED"u8) >= 0),
            };
        }

        return content with { IsBroken = blocks.IsBroken };
    }

    /// <summary>Refuses a text without blocks, or with a block that was cut off.</summary>
    public void InspectShape(AccountInspection inspection, string field)
    {
        if (IsBroken)
        {
            inspection.Refuse(field, "a PEM block has no end. Was the text cut off? Paste it whole, from the first -----BEGIN to the last -----END line.");
        }
        else if (Blocks == 0)
        {
            inspection.Refuse(field, "it holds no PEM block. Paste the text with its -----BEGIN and -----END lines; DER, PKCS#12 and PuTTY files have to be converted first.");
        }
    }

    /// <summary>Refuses an encrypted private key without its password, and warns of a password that nothing needs.</summary>
    public void InspectPassword(AccountInspection inspection, bool hasPassword, string passwordField)
    {
        if (IsEncrypted && !hasPassword)
        {
            inspection.Refuse(passwordField, "the private key is encrypted and its password is missing. Fill it in.");
        }
        else if (hasPassword && PrivateKeys > 0 && !IsEncrypted && !MayBeEncrypted)
        {
            inspection.Warn(passwordField, "the private key is not encrypted, so the password is not needed.");
        }
    }
}
