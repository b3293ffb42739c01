namespace Digibee.Accounts;

/// <summary>What a sealed record holds. The numbers are stored.</summary>
internal enum SealKind : byte
{
    /// <summary>One revision of an account, or of another row of the store.</summary>
    Account = 1,

    /// <summary>The keys of a ring, under its data key.</summary>
    RingBody = 2,

    /// <summary>A ring's data key, under a key-encryption key that is held here.</summary>
    WrappedRingKey = 3,
}
