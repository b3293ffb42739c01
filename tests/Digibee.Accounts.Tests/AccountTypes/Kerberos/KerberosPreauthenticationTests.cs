namespace Digibee.Accounts;

public sealed class KerberosPreauthenticationTests
{
    [Fact]
    public void EncryptionTypes_OfMethodData_AreInTheKdcsOrder() => KerberosPreauthentication.EncryptionTypes(KerberosTestMessages.Methods(17, 18, 23)).Should().Equal(17, 18, 23);

    [Fact]
    public void EncryptionTypes_OfNothing_AreNone() => KerberosPreauthentication.EncryptionTypes([]).Should().BeEmpty();

    [Fact]
    public void Timestamp_OfATime_IsEncryptedForItsUse()
    {
        using var key = new KerberosKey(KerberosEncryption.Of(18)!, new byte[32]);

        var encrypted = new KerberosReader(KerberosPreauthentication.Timestamp(key, KerberosTestMessages.Now.AddTicks(1_234_560))).EncryptedData();

        using var plaintext = key.TryDecrypt(KerberosKeyUsage.AsRequestTimestamp, encrypted.Ciphertext)!;
        var time = new KerberosReader(plaintext.Span).Sequence();
        time.Field(0).Time().Should().Be(KerberosTestMessages.Now);
        time.Field(1).Number().Should().Be(123_456);
    }
}
