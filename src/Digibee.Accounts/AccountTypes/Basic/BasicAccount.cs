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

    private protected override void InspectCore(AccountInspection inspection)
    {
        // Either may be empty: some services take their key as the user name, others as the password.
        if (UserName.Length > 0 && inspection.Require(UserName) && UserName.Any(char.IsControl))
        {
            inspection.Refuse(nameof(UserName), "it holds a control character, which RFC 7617, section 2, excludes. Remove it.");
        }

        if (Password.RevealBytes().IsEmpty)
        {
            InspectWithoutPassword(inspection);
        }
        else if (inspection.Require(Password) && SecretSyntax.HoldsControl(Password.RevealBytes()))
        {
            inspection.Refuse(nameof(Password), "it holds a control character, which RFC 7617, section 2, excludes. Remove it.");
        }
    }

    private void InspectWithoutPassword(AccountInspection inspection)
    {
        if (UserName.Length == 0)
        {
            inspection.Refuse(nameof(Password), "it is empty, and so is the user name. Fill in at least one.");
        }
        else
        {
            inspection.Warn(nameof(Password), "it is empty. If the service takes its key as the user name, put the key into a type that hides it where the service allows: user names are shown.");
        }
    }
}
