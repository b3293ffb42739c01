namespace Digibee.Accounts;

/// <summary>The key of a Google service account. Its natural origins are <c>*.googleapis.com</c>.</summary>
public sealed record GoogleKeyAccount : Account
{
    private static readonly AllowedOrigins Googles = ["https://*.googleapis.com"];

    /// <summary>Gets the key file as it is downloaded: a JSON object with <c>client_email</c> and <c>private_key</c>, checked at save. Its e-mail address, key id and project id are kept as facts, in clear.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required Secret Key
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    /// <summary>Gets the scopes to ask for, an entry each (RFC 6749, section 3.3); empty by default.</summary>
    public NameList Scopes
    {
        get => field ?? NameList.Empty;
        init => field = NameList.OrNull(value);
    }

    private protected override AccountType TypeCore => AccountType.GoogleKey;

    internal override AllowedOrigins NaturalOrigins => Googles;

    private protected override void InspectCore(AccountInspection inspection)
    {
        ScopeSyntax.Inspect(Scopes, inspection, nameof(Scopes));
        if (inspection.Require(Key))
        {
            GoogleKeyFile.Inspect(Key.RevealBytes(), inspection, nameof(Key));
        }
    }
}
