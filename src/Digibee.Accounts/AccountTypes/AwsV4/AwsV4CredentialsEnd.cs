namespace Digibee.Accounts;

/// <summary>Whether the credentials that signed something last as long as it should.</summary>
public enum AwsV4CredentialsEnd
{
    /// <summary>They end later, or never.</summary>
    Later = 0,

    /// <summary>They end before it does (<see cref="Account.ExpiresAt"/>), and it ends with them.</summary>
    Earlier = 1,

    /// <summary>They are temporary, and the account does not say when they end. Those of a role last an hour by default.</summary>
    Unknown = 2,
}
