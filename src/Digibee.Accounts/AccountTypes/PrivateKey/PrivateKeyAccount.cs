namespace Digibee.Accounts;

/// <summary>An asymmetric private key.</summary>
public sealed record PrivateKeyAccount : Account
{
    /// <summary>Gets the key, PEM.</summary>
    public required Secret Key
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    /// <summary>Gets the passphrase, if the key is encrypted.</summary>
    public Secret? Passphrase { get; init; }

    private protected override AccountType TypeCore => AccountType.PrivateKey;

    private protected override void InspectCore(AccountInspection inspection)
    {
        var hasPassphrase = inspection.Allow(Passphrase);
        if (!inspection.Require(Key))
        {
            return;
        }

        // By its labels only. Whether the key parses, and of what kind and size it is, is judged where it is first needed: by the key readers.
        var pem = PemContent.Of(Key.RevealBytes());
        pem.InspectShape(inspection, nameof(Key));
        pem.InspectPassword(inspection, hasPassphrase, nameof(Passphrase));
        if (pem is { Blocks: > 0, PrivateKeys: 0 })
        {
            inspection.Refuse(nameof(Key), "it holds no private key, only public parts. Paste the private key.");
        }
    }
}
