namespace Digibee.Accounts;

/// <summary>What an acquisition is asked to better.</summary>
internal sealed record TokenWant
{
    /// <summary>Gets the tokens that are held and due; found in the store again, they are no news.</summary>
    public TokenSet? Held { get; init; }

    /// <summary>Gets the access token that a server refused.</summary>
    public Secret? Rejected { get; init; }

    /// <summary>Gets tokens that were exchanged and could not be saved.</summary>
    public TokenSet? Unsaved { get; init; }
}
