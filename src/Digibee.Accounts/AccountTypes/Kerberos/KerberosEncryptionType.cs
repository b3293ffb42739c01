namespace Digibee.Accounts;

/// <summary>The encryption types that are used here, by their assigned numbers (RFC 3961, section 8, and RFC 8009, section 8).</summary>
internal enum KerberosEncryptionType
{
    None = 0,
    Aes128Sha1 = 17,
    Aes256Sha1 = 18,
    Aes128Sha256 = 19,
    Aes256Sha384 = 20,
    Rc4 = 23,
}
