namespace Digibee.Accounts;

/// <summary>Another encryption, and something that happens just when it has been given the key.</summary>
internal sealed class KerberosTestEncryption(KerberosEncryption inner, Action onUse) : KerberosEncryption
{
    public override KerberosEncryptionType Type => inner.Type;

    public override int KeyLength => inner.KeyLength;

    public override int ChecksumType => inner.ChecksumType;

    public override int ChecksumLength => inner.ChecksumLength;

    public override int ConfounderLength => inner.ConfounderLength;

    public override int Overhead => inner.Overhead;

    public override void Encrypt(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> confounder, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        onUse();
        inner.Encrypt(key, usage, confounder, plaintext, destination);
    }

    public override bool TryDecrypt(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        onUse();
        return inner.TryDecrypt(key, usage, ciphertext, plaintext);
    }

    public override void Checksum(ReadOnlySpan<byte> key, KerberosKeyUsage usage, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        onUse();
        inner.Checksum(key, usage, data, destination);
    }
}
