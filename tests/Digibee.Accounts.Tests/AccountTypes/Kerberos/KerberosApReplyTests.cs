namespace Digibee.Accounts;

public sealed class KerberosApReplyTests
{
    private static readonly KerberosKey Key = new(KerberosEncryption.Of(18)!, new byte[32]);
    private static readonly DateTimeOffset Timestamp = KerberosTestMessages.Now.AddTicks(1_234_560);

    [Fact]
    public void Proves_OfTheRightTimeAndKey_IsTrue() => KerberosApReply.Proves(KerberosTestMessages.ApReply(Key, Timestamp), Key, Timestamp).Should().BeTrue();

    [Fact]
    public void Proves_OfAnotherTime_IsFalse()
    {
        KerberosApReply.Proves(KerberosTestMessages.ApReply(Key, Timestamp), Key, Timestamp.AddTicks(10)).Should().BeFalse();
        KerberosApReply.Proves(KerberosTestMessages.ApReply(Key, Timestamp), Key, Timestamp.AddSeconds(1)).Should().BeFalse();
    }

    [Fact]
    public void Proves_OfAnotherKey_IsFalse()
    {
        using var other = new KerberosKey(KerberosEncryption.Of(18)!, KerberosTestKeytab.Key(32, 1));
        using var otherType = new KerberosKey(KerberosEncryption.Of(20)!, new byte[32]);

        KerberosApReply.Proves(KerberosTestMessages.ApReply(other, Timestamp), Key, Timestamp).Should().BeFalse();
        KerberosApReply.Proves(KerberosTestMessages.ApReply(otherType, Timestamp), Key, Timestamp).Should().BeFalse();
    }
}
