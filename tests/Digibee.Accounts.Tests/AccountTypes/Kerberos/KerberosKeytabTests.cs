using System.Text;

namespace Digibee.Accounts;

public sealed class KerberosKeytabTests
{
    private static readonly KerberosPrincipal User = new("EXAMPLE.COM", KerberosNameType.Principal, "user");
    private static readonly string[] UserParts = ["user"];

    // Written by ktutil of MIT Kerberos 1.20.1: addent -password -p user@EXAMPLE.COM -k 3 -e aes256-cts-hmac-sha1-96, password "secret", then -k 300 -e aes128-cts-hmac-sha1-96.
    private const string OfKtutil =
        "BQIAAABGAAEAC0VYQU1QTEUuQ09NAAR1c2VyAAAAAWsG+5wDABIAIKwEDSbrg6XVlRxUEY8ziSHQ69JTr+BjBcxn6zGMzbIiAAAAAwAAADYAAQALRVhBTVBMRS5DT00ABHVzZXIAAAABawb7nCwAEQAQA/pL4wxE3S9Spy9lfPZ8wQAAASw=";

    [Fact]
    public void Read_OfSeveralKeys_OrdersThemByVersionThenStrength()
    {
        var bytes = new KerberosTestKeytab()
            .Entry("EXAMPLE.COM", UserParts, 2, 18, KerberosTestKeytab.Key(32, 1))
            .Entry("EXAMPLE.COM", UserParts, 3, 17, KerberosTestKeytab.Key(16, 2))
            .Hole(50)
            .Entry("EXAMPLE.COM", UserParts, 3, 20, KerberosTestKeytab.Key(32, 3))
            .Entry("EXAMPLE.COM", UserParts, 3, 18, KerberosTestKeytab.Key(32, 4))
            .Bytes;

        using var keytab = KerberosKeytab.Read(bytes, User, allowRc4: false);

        keytab.Keys.Select(static key => (key.Version, (int)key.Key.Type)).Should().Equal((3, 20), (3, 18), (3, 17), (2, 18));
    }

    [Fact]
    public void Open_OfAKeytabOfKtutil_FindsBothKeysAndTheWideVersion()
    {
        using var keytab = KerberosKeytab.Open(Encoding.ASCII.GetBytes(OfKtutil), User, allowRc4: false);

        keytab.Keys.Select(static key => (key.Version, (int)key.Key.Type)).Should().Equal((300, 17), (3, 18));
    }

    [Fact]
    public void Read_OfAVersionOf32Bits_TakesItInPlaceOfTheEight()
    {
        var bytes = new KerberosTestKeytab()
            .Entry("EXAMPLE.COM", UserParts, 0x1_0203, 18, KerberosTestKeytab.Key(32, 1), writeWideVersion: true)
            .Entry("EXAMPLE.COM", UserParts, 0x102, 17, KerberosTestKeytab.Key(16, 1))
            .Bytes;

        using var keytab = KerberosKeytab.Read(bytes, User, allowRc4: false);

        keytab.Keys.Select(static key => key.Version).Should().Equal(0x1_0203, 2);
    }

    [Fact]
    public void Read_OfTheSameVersionAndTypeTwice_TakesTheLater()
    {
        var bytes = new KerberosTestKeytab()
            .Entry("EXAMPLE.COM", UserParts, 2, 18, KerberosTestKeytab.Key(32, 1))
            .Entry("EXAMPLE.COM", UserParts, 2, 18, KerberosTestKeytab.Key(32, 2))
            .Bytes;
        using var later = new KerberosKey(KerberosEncryption.Of(18)!, KerberosTestKeytab.Key(32, 2));

        using var keytab = KerberosKeytab.Read(bytes, User, allowRc4: false);

        keytab.Keys.Should().ContainSingle();
        using var decrypted = keytab.Keys[0].Key.TryDecrypt(KerberosKeyUsage.AsReply, later.Encrypt(KerberosKeyUsage.AsReply, "text"u8));
        decrypted.Should().NotBeNull();
    }

    [Fact]
    public void Read_OfOthersAndUnusedTypes_PassesThemOver()
    {
        var bytes = new KerberosTestKeytab()
            .Entry("EXAMPLE.COM", ["other"], 9, 18, KerberosTestKeytab.Key(32, 1))
            .Entry("example.com", UserParts, 9, 18, KerberosTestKeytab.Key(32, 1))
            .Entry("EXAMPLE.COM", ["user", "admin"], 9, 18, KerberosTestKeytab.Key(32, 1))
            .Entry("EXAMPLE.COM", UserParts, 9, 1, KerberosTestKeytab.Key(8, 1))
            .Entry("EXAMPLE.COM", UserParts, 9, 18, KerberosTestKeytab.Key(31, 1))
            .Entry("EXAMPLE.COM", UserParts, 2, 23, KerberosTestKeytab.Key(16, 1))
            .Bytes;

        using var without = KerberosKeytab.Read(bytes, User, allowRc4: false);
        using var with = KerberosKeytab.Read(bytes, User, allowRc4: true);

        without.Keys.Should().BeEmpty();
        with.Keys.Select(static key => (int)key.Key.Type).Should().Equal(23);
    }

    [Fact]
    public void Dispose_OfAKeytab_DisposesItsKeys()
    {
        var keytab = KerberosKeytab.Read(new KerberosTestKeytab().Entry("EXAMPLE.COM", UserParts, 2, 18, KerberosTestKeytab.Key(32, 1)).Bytes, User, allowRc4: false);

        keytab.Dispose();

        keytab.Keys[0].Key.Invoking(static key => key.Encrypt(KerberosKeyUsage.AsReply, "text"u8)).Should().Throw<ObjectDisposedException>();
    }
}
