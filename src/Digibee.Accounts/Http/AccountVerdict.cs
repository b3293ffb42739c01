namespace Digibee.Accounts;

/// <summary>What an authenticator says of an answer.</summary>
public enum AccountVerdict
{
    /// <summary>The caller gets the answer.</summary>
    Accept = 0,

    /// <summary>Apply the account once more and send again, if the request allows it and nothing was repeated yet; else the caller gets the answer.</summary>
    Repeat = 1,
}
