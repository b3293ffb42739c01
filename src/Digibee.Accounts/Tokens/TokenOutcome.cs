namespace Digibee.Accounts;

/// <summary>How an acquisition ended.</summary>
internal sealed record TokenOutcome
{
    /// <summary>Gets the tokens to use.</summary>
    public TokenSet? Tokens { get; init; }

    /// <summary>Gets the revision of the row that they are in; 0 for none.</summary>
    public long Revision { get; init; }

    /// <summary>Gets why there are none.</summary>
    public TokenError? Error { get; init; }

    /// <summary>Gets the failure of our own that is thrown as it is, such as a seal that does not open.</summary>
    public AccountException? Failure { get; init; }

    /// <summary>Gets tokens that were exchanged and could not be saved. They are saved before anything else is tried: what they were exchanged for is used up.</summary>
    public TokenSet? Unsaved { get; init; }
}
