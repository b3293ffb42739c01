namespace Digibee.Accounts;

/// <summary>Seals and opens records with the keys of one ring: suite 1. Safe for concurrent use.</summary>
internal sealed class AccountSealer(KeyRing keyRing)
{
    public byte[] Seal(in SealContext context, ReadOnlySpan<byte> plaintext) => throw new NotImplementedException(keyRing.ToString());

    public SecretBuffer Open(in SealContext context, ReadOnlySpan<byte> sealedRecord) => throw new NotImplementedException();
}
