namespace Digibee.Accounts;

/// <summary>Why a message's signature does not count. The further down, the further it came.</summary>
public enum MessageSignatureFailure
{
    /// <summary>It counts.</summary>
    None = 0,

    /// <summary>The message has no signature, or none with the label that counts.</summary>
    Missing = 1,

    /// <summary>The signature's fields cannot be read, or name components that nobody knows.</summary>
    Malformed = 2,

    /// <summary>It was made with another key than the one that counts, or for another application, as far as the signature says.</summary>
    UnknownKey = 3,

    /// <summary>It says that it was made with another algorithm than the key's.</summary>
    AlgorithmMismatch = 4,

    /// <summary>It does not cover what it has to cover.</summary>
    Incomplete = 5,

    /// <summary>It does not say when it was made, or that was in the future: the clocks of the two sides differ.</summary>
    NotYetValid = 6,

    /// <summary>It is too old, or past its own end.</summary>
    Expired = 7,

    /// <summary>It has no nonce, and has to have one.</summary>
    NonceMissing = 8,

    /// <summary>It covers something that the message does not have.</summary>
    ComponentMissing = 9,

    /// <summary>It is wrong: another key made it, or the message was changed.</summary>
    Wrong = 10,

    /// <summary>A message with this nonce came before.</summary>
    Replayed = 11,

    /// <summary>So many nonces are remembered that no other can be, so nobody could tell whether it comes again.</summary>
    TooManyNonces = 12,

    /// <summary>The content's digest is missing, cannot be read, or is made with no hash that counts (SHA-256 and SHA-512).</summary>
    DigestUnusable = 13,

    /// <summary>The content is not what its digest says: it was changed or cut off.</summary>
    ContentWrong = 14,

    /// <summary>The content is longer than what is kept in memory.</summary>
    ContentTooLong = 15,
}
