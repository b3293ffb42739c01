using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

public sealed class KerberosKeyTests
{
    private static readonly KerberosEncryption Aes = KerberosEncryption.Of(18)!;

    [Fact]
    public void Encrypt_OfTheSameTextTwice_GivesTwoCiphertextsThatDecrypt()
    {
        using var key = new KerberosKey(Aes, new byte[32]);

        var one = key.Encrypt(KerberosKeyUsage.AsReply, "text"u8);
        var other = key.Encrypt(KerberosKeyUsage.AsReply, "text"u8);

        one.Should().NotEqual(other);
        using var decrypted = key.TryDecrypt(KerberosKeyUsage.AsReply, one);
        decrypted!.Span.ToArray().Should().Equal("text"u8.ToArray());
    }

    [Fact]
    public void TryDecrypt_OfTooFewBytes_IsNull()
    {
        using var key = new KerberosKey(Aes, new byte[32]);

        for (var length = 0; length <= Aes.Overhead; length++)
        {
            key.TryDecrypt(KerberosKeyUsage.AsReply, new byte[length]).Should().BeNull();
        }
    }

    [Fact]
    public void Encrypt_WithADisposedKey_Throws()
    {
        var key = new KerberosKey(Aes, new byte[32]);
        key.Dispose();

        key.Invoking(static key => key.Encrypt(KerberosKeyUsage.AsReply, "text"u8)).Should().Throw<ObjectDisposedException>();
        key.Invoking(static key => key.TryDecrypt(KerberosKeyUsage.AsReply, new byte[64])).Should().Throw<ObjectDisposedException>();
        key.Invoking(static key => key.Checksum(KerberosKeyUsage.AsReply, "text"u8)).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Dispose_OfAKey_WipesItsBytes()
    {
        var key = new KerberosKey(Aes, KerberosTestKeytab.Key(32, 9));
        KerberosKeyBytes.Of(key).Should().OnlyContain(static value => value == 9);

        key.Dispose();

        KerberosKeyBytes.AreWiped(key).Should().BeTrue();
    }

    [Fact]
    public void KerberosKey_ThatNobodyDisposes_IsWipedWhenItIsCollected()
    {
        var bytes = Abandon();

        for (var i = 0; i < 100 && bytes[0] != 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        bytes.Should().OnlyContain(static value => value == 0);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static byte[] Abandon() => KerberosKeyBytes.Of(new KerberosKey(Aes, KerberosTestKeytab.Key(32, 9)));
    }

    // What was begun ends under the key and never under zeros.
    [Fact]
    public void Dispose_WhileTheKeyIsInUse_LeavesThatUseTheKey()
    {
        byte[] value = [.. Enumerable.Range(1, 32).Select(static i => (byte)i)];
        using var same = new KerberosKey(Aes, value);
        var sealedBySame = same.Encrypt(KerberosKeyUsage.AsReply, "text"u8);

        var encrypted = DisposedInUse(value).Encrypt(KerberosKeyUsage.AsReply, "text"u8);
        using var decrypted = DisposedInUse(value).TryDecrypt(KerberosKeyUsage.AsReply, sealedBySame);
        var checksum = DisposedInUse(value).Checksum(KerberosKeyUsage.AsReply, "text"u8);

        using var reread = same.TryDecrypt(KerberosKeyUsage.AsReply, encrypted);
        reread!.Span.ToArray().Should().Equal("text"u8.ToArray());
        decrypted!.Span.ToArray().Should().Equal("text"u8.ToArray());
        checksum.Should().Equal(same.Checksum(KerberosKeyUsage.AsReply, "text"u8));
    }

    [Fact]
    public void KerberosKey_OfAnotherLength_IsRefused() => FluentActions.Invoking(static () => new KerberosKey(Aes, new byte[16])).Should().Throw<ArgumentOutOfRangeException>();

    private static KerberosKey DisposedInUse(byte[] value)
    {
        KerberosKey? key = null;
        key = new KerberosKey(new KerberosTestEncryption(Aes, () => key!.Dispose()), value);
        return key;
    }
}
