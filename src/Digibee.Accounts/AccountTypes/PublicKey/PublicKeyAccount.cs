namespace Digibee.Accounts;

/// <summary>An asymmetric public key.</summary>
public sealed record PublicKeyAccount : Account
{
    /// <summary>Gets the key, PEM. It is kept as a secret, because on the platform this type also carries values that are none, such as SAS tokens.</summary>
    public required Secret Key
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    private protected override AccountType TypeCore => AccountType.PublicKey;

    private protected override void InspectCore(AccountInspection inspection)
    {
        if (!inspection.Require(Key))
        {
            return;
        }

        // By its labels only. Whether the key parses, and of what kind and size it is, is judged where it is first needed: by the key readers.
        var pem = PemContent.Of(Key.RevealBytes());
        pem.InspectShape(inspection, nameof(Key));
        if (pem.PrivateKeys > 0)
        {
            inspection.Refuse(nameof(Key), "it holds a private key. Keep that in a Private Key account, and paste the public key alone.");
        }
    }
}
