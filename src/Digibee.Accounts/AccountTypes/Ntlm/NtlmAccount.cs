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

    internal override void Inspect(AccountInspection inspection)
    {
    }
}
