namespace Digibee.Accounts;

/// <summary>What a failed attempt at a token means for the next one.</summary>
internal enum TokenErrorKind
{
    /// <summary>It may work in a moment.</summary>
    Transient,

    /// <summary>It will fail again until somebody changes something.</summary>
    Definitive,

    /// <summary>What was exchanged (a refresh token, a code) is not valid any more: <c>invalid_grant</c>.</summary>
    InvalidGrant,
}
