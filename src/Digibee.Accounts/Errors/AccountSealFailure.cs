namespace Digibee.Accounts;

/// <summary>Why stored bytes do not open. The sealed format checks in this order; the first that fails is the reason.</summary>
public enum AccountSealFailure
{
    /// <summary>The length or a reserved field is not that of a sealed record.</summary>
    Malformed = 0,

    /// <summary>The bytes are not a sealed record.</summary>
    UnknownFormat,

    /// <summary>The format version is not known here: written by a newer library.</summary>
    UnknownVersion,

    /// <summary>The cipher suite is not known here: written by a newer library.</summary>
    UnknownSuite,

    /// <summary>The record is of another kind than the one asked for.</summary>
    WrongKind,

    /// <summary>The content is larger than 1,048,575 bytes.</summary>
    TooLarge,

    /// <summary>The key ring does not hold the key this record was sealed with.</summary>
    UnknownKey,

    /// <summary>The key is retired: it opens records only to seal them again.</summary>
    RetiredKey,

    /// <summary>The key was destroyed on purpose.</summary>
    DestroyedKey,

    /// <summary>The record belongs to another account, type, revision or metadata: it was moved or its clear columns were changed.</summary>
    ContextMismatch,

    /// <summary>The sealed bytes were changed.</summary>
    Corrupt,

    /// <summary>A key's text is not a key.</summary>
    InvalidKey,

    /// <summary>The record opened, but is not an account of this version.</summary>
    InvalidPayload,

    /// <summary>The store returned a revision older than one already seen. Call <see cref="IAccountVault.RefreshAsync"/> to accept a restored backup.</summary>
    Rollback,
}
