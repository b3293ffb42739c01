namespace Digibee.Accounts;

/// <summary>One encryption type: how a key of it encrypts, decrypts and makes checksums. Stateless; keys are given with each call.</summary>
/// <remarks>The framework of RFC 3961, section 3. DES and its kin are not here (RFC 6649, RFC 8429).</remarks>
internal abstract class KerberosEncryption
{
    // As long as the longest of them: a hash of SHA-384.
    protected const int LongestHash = 48;

    // In order of strength, for whoever chooses.
    private static readonly KerberosEncryption[] All =
    [
        new KerberosAesSha2Encryption(KerberosEncryptionType.Aes256Sha384),
        new KerberosAesSha1Encryption(KerberosEncryptionType.Aes256Sha1),
        new KerberosAesSha2Encryption(KerberosEncryptionType.Aes128Sha256),
        new KerberosAesSha1Encryption(KerberosEncryptionType.Aes128Sha1),
        new KerberosRc4Encryption(),
    ];

    /// <summary>Gets the encryption type.</summary>
    public abstract KerberosEncryptionType Type { get; }

    /// <summary>Gets the bytes of a key.</summary>
    public abstract int KeyLength { get; }

    /// <summary>Gets the number of the checksum that goes with it.</summary>
    public abstract int ChecksumType { get; }

    /// <summary>Gets the bytes of a checksum.</summary>
    public abstract int ChecksumLength { get; }

    /// <summary>Gets the random bytes before the plaintext.</summary>
    public abstract int ConfounderLength { get; }

    /// <summary>Gets by how many bytes a ciphertext is longer than its plaintext.</summary>
    public abstract int Overhead { get; }

    /// <summary>Gets its place in the order of strength, the strongest first.</summary>
    public int Rank => Array.IndexOf(All, this);

    /// <summary>Gives the encryption of a type, by its assigned number; <see langword="null"/> when it is not used here.</summary>
    public static KerberosEncryption? Of(int type) => Array.Find(All, encryption => (int)encryption.Type == type);

    /// <summary>Gives the types that a session key may have, the strongest first.</summary>
    public static IEnumerable<KerberosEncryptionType> Usable(bool withRc4) =>
        All.Select(static encryption => encryption.Type).Where(type => withRc4 || type != KerberosEncryptionType.Rc4);

    /// <summary>Encrypts and protects.</summary>
    /// <param name="key">The key, <see cref="KeyLength"/> bytes.</param>
    /// <param name="usage">What for.</param>
    /// <param name="confounder">Fresh random bytes, <see cref="ConfounderLength"/> of them.</param>
    /// <param name="plaintext">The plaintext.</param>
    /// <param name="destination">As long as the plaintext and <see cref="Overhead"/>.</param>
    public abstract void Encrypt(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> confounder, ReadOnlySpan<byte> plaintext, Span<byte> destination);

    /// <summary>Checks and decrypts. What is wrong leaves <paramref name="plaintext"/> zeroed.</summary>
    /// <param name="key">The key, <see cref="KeyLength"/> bytes.</param>
    /// <param name="usage">What for.</param>
    /// <param name="ciphertext">At least <see cref="Overhead"/> bytes.</param>
    /// <param name="plaintext">As long as the ciphertext without <see cref="Overhead"/>.</param>
    /// <returns>Whether it was made with this key for this use, and not changed since.</returns>
    public abstract bool TryDecrypt(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext);

    /// <summary>Makes the checksum of <see cref="ChecksumType"/>.</summary>
    public abstract void Checksum(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> data, Span<byte> destination);

    /// <summary>Takes the plaintext from behind the confounder, if the hashes agree.</summary>
    protected bool Accept(bool isValid, ReadOnlySpan<byte> confounded, Span<byte> plaintext)
    {
        if (isValid)
        {
            confounded[ConfounderLength..].CopyTo(plaintext);
        }
        else
        {
            plaintext.Clear();
        }

        return isValid;
    }
}
