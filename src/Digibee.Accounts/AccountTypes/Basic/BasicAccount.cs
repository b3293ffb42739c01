namespace Digibee.Accounts;

/// <summary>A user name and password, sent with the HTTP <c>Basic</c> scheme as UTF-8.</summary>
/// <remarks>Defined by RFC 7617.</remarks>
public sealed record BasicAccount : Account
{
    /// <summary>Gets the user name. It cannot contain a colon, which would start the password.</summary>
    /// <exception cref="ArgumentException">It holds a colon, a line break or NUL.</exception>
    public required string UserName
    {
        get;
        init => field = FieldGuard.SingleLine(value).Contains(':', StringComparison.Ordinal)
            ? throw new ArgumentException("A Basic user name cannot contain a colon (RFC 7617, section 2).", nameof(UserName))
            : value;
    }

    /// <summary>Gets the password.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public required Secret Password
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    private protected override AccountType TypeCore => AccountType.Basic;

    internal override void Inspect(AccountInspection inspection)
    {
    }
}
