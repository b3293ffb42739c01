namespace Digibee.Accounts;

/// <summary>A Windows user who signs in with NTLMv2.</summary>
/// <remarks>Defined by MS-NLMP.</remarks>
public sealed record NtlmAccount : Account
{
    /// <summary>Gets the user name: <c>user</c>, <c>DOMAIN\user</c> or <c>user@domain</c>.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL, or is <see langword="null"/>.</exception>
    public required string UserName
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the password.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL, or is <see langword="null"/>.</exception>
    public required Secret Password
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the domain; <see langword="null"/>, the default, when the user name holds it or there is none.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? Domain
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the workstation name to send (the platform's <c>HOSTNAME</c>); <see langword="null"/>, the default, for none.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? Workstation
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    private protected override AccountType TypeCore => AccountType.Ntlm;

    private protected override void InspectCore(AccountInspection inspection)
    {
        inspection.Require(Password);
        inspection.Allow(Workstation);
        var hasDomain = inspection.Allow(Domain);
        InspectLength(UserName, nameof(UserName), inspection);
        InspectLength(Domain, nameof(Domain), inspection);
        InspectLength(Workstation, nameof(Workstation), inspection);
        if (inspection.Require(UserName))
        {
            InspectUserName(hasDomain, inspection);
        }
    }

    private static void InspectLength(string? name, string field, AccountInspection inspection)
    {
        if (name?.Length > NtlmIdentity.MaxLength)
        {
            inspection.Refuse(field, "it is longer than the 1,024 characters of the longest name a directory knows.");
        }
    }

    private void InspectUserName(bool hasDomain, AccountInspection inspection)
    {
        var separator = UserName.IndexOfAny(['\\', '@']);
        if (separator < 0)
        {
            return;
        }

        if (separator == 0 || separator == UserName.Length - 1)
        {
            inspection.Refuse(nameof(UserName), "its user or its domain is empty. Write user, DOMAIN\\user or user@domain.");
        }
        else if (hasDomain && UserName[separator] == '\\')
        {
            inspection.Refuse(nameof(Domain), "the user name holds a domain too. Leave one of them out.");
        }
        else if (hasDomain)
        {
            inspection.Warn(nameof(Domain), "the user name holds a domain too, and servers differ in which of them counts.");
        }
    }
}
