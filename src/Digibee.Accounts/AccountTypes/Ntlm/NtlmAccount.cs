namespace Digibee.Accounts;

/// <summary>A Windows user who signs in with NTLMv2.</summary>
/// <remarks>Defined by MS-NLMP.</remarks>
public sealed record NtlmAccount : Account
{
    /// <summary>Gets the user name: <c>user</c>, <c>DOMAIN\user</c> or <c>user@domain</c>.</summary>
    public required string UserName
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the password.</summary>
    public required Secret Password
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the domain, if the user name does not hold it.</summary>
    public string? Domain
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the workstation name to send (the platform's <c>HOSTNAME</c>).</summary>
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
        if (inspection.Require(UserName))
        {
            InspectUserName(hasDomain, inspection);
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
