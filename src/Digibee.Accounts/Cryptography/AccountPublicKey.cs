using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>The public half of an account's key. It holds nothing secret. Immutable.</summary>
public sealed class AccountPublicKey
{
    private readonly LoadedKey _key;

    internal AccountPublicKey(LoadedKey key) => _key = key;

    /// <summary>Gets the key as DER: SubjectPublicKeyInfo (RFC 5280). An RSA key for PSS alone says RSA here.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => _key.PublicKeyInfoMemory;

    /// <summary>Gets the SHA-256 of <see cref="SubjectPublicKeyInfo"/> in upper-case hexadecimal: the fact <c>fingerprint</c> of the account's summary.</summary>
    public string Fingerprint => Convert.ToHexString(SHA256.HashData(_key.PublicKeyInfo));

    /// <summary>Writes the key as a <c>PUBLIC KEY</c> block (RFC 7468, section 13).</summary>
    /// <returns>The text.</returns>
    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", _key.PublicKeyInfo);

    /// <summary>Writes the key as a JSON Web Key (RFC 7517; RFC 8037 for Ed25519, Ed448, X25519 and X448; RFC 8812 for secp256k1).</summary>
    /// <param name="keyId">What the other side calls the key, for <c>kid</c>; <see langword="null"/>, the default, for none.</param>
    /// <returns>The text.</returns>
    /// <exception cref="NotSupportedException">The key lies on a Brainpool curve, which has no name there.</exception>
    public string ToJsonWebKey(string? keyId = null) => JwkWriter.Write(_key, keyId);

    /// <summary>Returns the fingerprint.</summary>
    /// <returns>The fingerprint.</returns>
    public override string ToString() => Fingerprint;
}
