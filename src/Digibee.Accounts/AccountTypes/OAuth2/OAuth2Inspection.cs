using System.Collections.Frozen;

namespace Digibee.Accounts;

/// <summary>What a save checks of an OAuth 2 account: each grant has what it needs. What it would not use is warned of.</summary>
internal static class OAuth2Inspection
{
    // What the library itself writes into the form.
    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        [
            "grant_type", "client_id", "client_secret", "client_assertion", "client_assertion_type", "assertion", "code", "code_verifier", "redirect_uri", "refresh_token",
            "device_code", "username", "password", "scope", "audience", "resource", "subject_token", "subject_token_type",
        ],
        StringComparer.Ordinal);

    public static void Inspect(OAuth2Account account, AccountInspection inspection)
    {
        if (inspection.Require(account.Provider, nameof(account.Provider)) && account.Provider.Any(char.IsControl))
        {
            inspection.Refuse(nameof(account.Provider), "it holds a control character. Give the provider's name as it is registered.");
        }

        ScopeSyntax.Inspect(account.Scopes, inspection, nameof(account.Scopes));
        InspectValues(account, inspection);
        InspectResources(account.Resources, inspection);
        InspectParameters(account.Parameters, inspection);
        InspectGrant(account, inspection);
        InspectClient(account, inspection);
    }

    private static void InspectValues(OAuth2Account account, AccountInspection inspection)
    {
        inspection.Allow(account.ClientId, nameof(account.ClientId));
        inspection.Allow(account.ClientSecret, nameof(account.ClientSecret));
        inspection.Allow(account.KeyId, nameof(account.KeyId));
        InspectReference(account, account.KeyAccount, inspection, nameof(account.KeyAccount));
        InspectReference(account, account.CertificateAccount, inspection, nameof(account.CertificateAccount));
        inspection.Allow(account.RefreshToken, nameof(account.RefreshToken));
        inspection.Allow(account.UserName, nameof(account.UserName));
        inspection.Allow(account.Password, nameof(account.Password));
        inspection.Allow(account.Issuer, nameof(account.Issuer));
        inspection.Allow(account.Subject, nameof(account.Subject));
        inspection.Allow(account.SubjectToken, nameof(account.SubjectToken));
        inspection.Allow(account.SubjectTokenType, nameof(account.SubjectTokenType));
        inspection.Allow(account.Audience, nameof(account.Audience));
    }

    private static void InspectReference(OAuth2Account account, string? name, AccountInspection inspection, string field)
    {
        if (!inspection.Allow(name, field))
        {
            return;
        }

        if (!AccountAddress.IsPart(name))
        {
            inspection.Refuse(field, $"it is no account's name: {AccountAddress.Grammar}. Give the name alone.");
        }
        else if (name == account.Name)
        {
            inspection.Refuse(field, "it is this account itself. Name another one.");
        }
    }

    private static void InspectGrant(OAuth2Account account, AccountInspection inspection)
    {
        Need(account.RefreshToken is not null, OAuth2Grant.RefreshToken, nameof(account.RefreshToken));
        Need(account.UserName is not null, OAuth2Grant.Password, nameof(account.UserName));
        Need(account.Password is not null, OAuth2Grant.Password, nameof(account.Password));
        Need(account.SubjectToken is not null, OAuth2Grant.TokenExchange, nameof(account.SubjectToken));
        if (account.Grant == OAuth2Grant.JwtBearer && account.KeyAccount is null)
        {
            inspection.Refuse(nameof(account.KeyAccount), "this grant needs the name of a Private Key account that signs its assertions.");
        }

        // Each belongs to one grant.
        void Need(bool isThere, OAuth2Grant grant, string field)
        {
            if (account.Grant == grant && !isThere)
            {
                inspection.Refuse(field, $"the grant {grant} needs it. Fill it in.");
            }
            else if (account.Grant != grant && isThere)
            {
                inspection.Warn(field, $"only the grant {grant} uses it. Leave it out, or choose that grant.");
            }
        }
    }

    private static void InspectClient(OAuth2Account account, AccountInspection inspection)
    {
        switch (account.ClientAuthentication)
        {
            case OAuth2ClientAuthentication.Basic or OAuth2ClientAuthentication.Post when account.ClientSecret is null:
                inspection.Refuse(nameof(account.ClientSecret), "this way to prove the client needs it. Fill it in.");
                break;
            case OAuth2ClientAuthentication.PrivateKeyJwt when account.KeyAccount is null:
                inspection.Refuse(nameof(account.KeyAccount), "this way to prove the client needs the name of a Private Key account.");
                break;
            case OAuth2ClientAuthentication.TlsCertificate when account.CertificateAccount is null:
                inspection.Refuse(nameof(account.CertificateAccount), "this way to prove the client needs the name of a Certificate Chain account.");
                break;
            case OAuth2ClientAuthentication.PrivateKeyJwt or OAuth2ClientAuthentication.None or OAuth2ClientAuthentication.TlsCertificate when account.ClientSecret is not null:
                inspection.Warn(nameof(account.ClientSecret), "this way to prove the client does not use it. Leave it out.");
                break;
        }
    }

    private static void InspectResources(NameList resources, AccountInspection inspection)
    {
        if (!inspection.Allow(resources, nameof(OAuth2Account.Resources)))
        {
            return;
        }

        for (var i = 0; i < resources.Count; i++)
        {
            if (!Uri.TryCreate(resources[i], UriKind.Absolute, out var uri) || uri.OriginalString.Contains('#', StringComparison.Ordinal))
            {
                inspection.Refuse(nameof(OAuth2Account.Resources), $"entry {i + 1} is not an absolute URI without a fragment (RFC 8707, section 2).");
            }
        }
    }

    private static void InspectParameters(NameList parameters, AccountInspection inspection)
    {
        if (!inspection.Allow(parameters, nameof(OAuth2Account.Parameters)))
        {
            return;
        }

        for (var i = 0; i < parameters.Count; i++)
        {
            var equals = parameters[i].IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                inspection.Refuse(nameof(OAuth2Account.Parameters), $"entry {i + 1} is not name=value.");
            }
            else if (Reserved.Contains(parameters[i][..equals]))
            {
                inspection.Refuse(nameof(OAuth2Account.Parameters), $"entry {i + 1} has a name that the library itself writes. Use the account's field for it.");
            }
        }
    }
}
