namespace Digibee.Accounts;

/// <summary>The key of a Google service account.</summary>
public sealed record GoogleKeyAccount : Account
{
    private static readonly AllowedOrigins Googles = ["https://*.googleapis.com"];

    /// <summary>Gets the key file as it is downloaded: JSON.</summary>
    public required Secret Key
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    /// <summary>Gets the scopes to ask for.</summary>
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
