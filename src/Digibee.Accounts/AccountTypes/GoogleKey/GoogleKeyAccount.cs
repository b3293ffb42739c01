namespace Digibee.Accounts;

/// <summary>The key of a Google service account. Its natural origins are <c>*.googleapis.com</c>; in <see cref="GoogleKeyMode.IdToken"/> it has none.</summary>
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

    /// <summary>Gets the scopes to ask for, an entry each (RFC 6749, section 3.3); empty by default. <see cref="ParseScopes"/> takes them apart.</summary>
    public NameList Scopes
    {
        get => field ?? NameList.Empty;
        init => field = NameList.OrNull(value);
    }

    /// <summary>Gets what is sent. The default is an access token.</summary>
    /// <exception cref="ArgumentException">It is none of the defined values.</exception>
    public GoogleKeyMode Mode
    {
        get;
        init => field = FieldGuard.Defined(value);
    }

    /// <summary>Gets the user to act for, by domain-wide delegation; <see langword="null"/>, the default, for the service account itself.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? Subject
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets whom a self-signed JWT or an ID token is for, such as <c>https://pubsub.googleapis.com/</c> or an OAuth client's id; <see langword="null"/>, the default, for access tokens.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? Audience
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    private protected override AccountType TypeCore => AccountType.GoogleKey;

    // An ID token for one service is not for whatever else is there.
    internal override AllowedOrigins NaturalOrigins => Mode == GoogleKeyMode.IdToken ? AllowedOrigins.None : Googles;

    /// <summary>Takes apart scopes that are written in one text, with commas or white space between them.</summary>
    /// <param name="scopes">The text.</param>
    /// <returns>The scopes, in their order.</returns>
    public static NameList ParseScopes(string scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return [.. scopes.Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)];
    }

    private protected override void InspectCore(AccountInspection inspection)
    {
        ScopeSyntax.Inspect(Scopes, inspection, nameof(Scopes));
        inspection.Allow(Subject);
        inspection.Allow(Audience);
        InspectMode(inspection);
        if (inspection.Require(Key))
        {
            GoogleKeyFile.Inspect(Key.RevealBytes(), inspection, nameof(Key));
        }
    }

    private void InspectMode(AccountInspection inspection)
    {
        switch (Mode)
        {
            case GoogleKeyMode.AccessToken when Audience is not null:
                inspection.Warn(nameof(Audience), "an access token is for scopes. Leave it out, or choose another mode.");
                break;
            case GoogleKeyMode.IdToken when Audience is null:
                inspection.Refuse(nameof(Audience), "an ID token needs it. Fill it in.");
                break;
            case GoogleKeyMode.IdToken when Scopes.Count > 0:
                inspection.Warn(nameof(Scopes), "an ID token is for an audience. Leave them out, or choose another mode.");
                break;
            case GoogleKeyMode.SelfSignedJwt when Audience is null && Scopes.Count == 0:
                inspection.Refuse(nameof(Audience), "a self-signed JWT is for an audience or for scopes. Fill in one of them.");
                break;
        }

        if (Mode != GoogleKeyMode.AccessToken && Subject is not null)
        {
            inspection.Warn(nameof(Subject), "only an access token can be for another user. Leave it out.");
        }
    }
}
