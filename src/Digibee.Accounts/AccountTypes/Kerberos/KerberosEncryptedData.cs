namespace Digibee.Accounts;

/// <summary>EncryptedData (RFC 4120, section 5.2.9).</summary>
/// <param name="EncryptionType">The assigned number of the encryption type.</param>
/// <param name="KeyVersion">The version of the key (kvno), where the sender named it.</param>
/// <param name="Ciphertext">The ciphertext.</param>
internal readonly record struct KerberosEncryptedData(int EncryptionType, uint? KeyVersion, byte[] Ciphertext);
