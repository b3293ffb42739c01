namespace Digibee.Accounts;

public sealed class KerberosAesSha2EncryptionTests
{
    private const string Key128 = "3705D96080C17728A0E800EAB6E0D23C";
    private const string Key256 = "6D404D37FAF79F9DF0D33568D320669800EB4836472EA8A026D16B7182460C52";

    // RFC 8009, appendix A: sample results for key derivation.
    [Theory]
    [InlineData(Key128, 0x99, "B31A018A48F54776F403E9A396325DC3")]
    [InlineData(Key128, 0xAA, "9B197DD1E8C5609D6E67C3E37C62C72E")]
    [InlineData(Key128, 0x55, "9FDA0E56AB2D85E1569A688696C26A6C")]
    [InlineData(Key256, 0x99, "EF5718BE86CC84963D8BBB5031E9F5C4BA41F28FAF69E73D")]
    [InlineData(Key256, 0xAA, "56AB22BEE63D82D7BC5227F6773F8EA7A5EB1C825160C38312980C442E5C7E49")]
    [InlineData(Key256, 0x55, "69B16514E3CD8E56B82010D5C73012B622C4D00FFC23ED1F")]
    public void Derive_OfAKeyOfRfc8009_GivesItsKeys(string key, byte purpose, string expected)
    {
        var derived = new byte[expected.Length / 2];

        Of(key).Derive(Convert.FromHexString(key), (KerberosKeyUsage)2, purpose, derived);

        Convert.ToHexString(derived).Should().Be(expected);
    }

    // RFC 8009, appendix A: sample encryptions, with the confounders they give.
    [Theory]
    [InlineData(Key128, 0, "7E5895EAF2672435BAD817F545A37148", "EF85FB890BB8472F4DAB20394DCA781DAD877EDA39D50C870C0D5A0A8E48C718")]
    [InlineData(Key128, 6, "7BCA285E2FD4130FB55B1A5C83BC5B24", "84D7F30754ED987BAB0BF3506BEB09CFB55402CEF7E6877CE99E247E52D16ED4421DFDF8976C")]
    [InlineData(Key128, 16, "56AB21713FF62C0A1457200F6FA9948F", "3517D640F50DDC8AD3628722B3569D2AE07493FA8263254080EA65C1008E8FC295FB4852E7D83E1E7C48C37EEBE6B0D3")]
    [InlineData(Key128, 21, "A7A4E29A4728CE10664FB64E49AD3FAC", "720F73B18D9859CD6CCB4346115CD336C70F58EDC0C4437C5573544C31C813BCE1E6D072C186B39A413C2F92CA9B8334A287FFCBFC")]
    [InlineData(Key256, 0, "F764E9FA15C276478B2C7D0C4E5F58E4", "41F53FA5BFE7026D91FAF9BE959195A058707273A96A40F0A01960621AC612748B9BBFBE7EB4CE3C")]
    [InlineData(Key256, 6, "B80D3251C1F6471494256FFE712D0B9A", "4ED7B37C2BCAC8F74F23C1CF07E62BC7B75FB3F637B9F559C7F664F69EAB7B6092237526EA0D1F61CB20D69D10F2")]
    [InlineData(Key256, 16, "53BF8A0D105265D4E276428624CE5E63", "BC47FFEC7998EB91E8115CF8D19DAC4BBBE2E163E87DD37F49BECA92027764F68CF51F14D798C2273F35DF574D1F932E40C4FF255B36A266")]
    [InlineData(Key256, 21, "763E65367E864F02F55153C7E3B58AF1", "40013E2DF58E8751957D2878BCD2D6FE101CCFD556CB1EAE79DB3C3EE86429F2B2A602AC86FEF6ECB647D6295FAE077A1FEB517508D2C16B4192E01F62")]
    public void Encrypt_OfATextOfRfc8009_GivesItsBytesAndBack(string key, int length, string confounder, string expected)
    {
        var plaintext = Enumerable.Range(0, length).Select(static n => (byte)n).ToArray();
        var encrypted = new byte[expected.Length / 2];
        var decrypted = new byte[length];

        Of(key).Encrypt(Convert.FromHexString(key), (KerberosKeyUsage)2, Convert.FromHexString(confounder), plaintext, encrypted);
        var isValid = Of(key).TryDecrypt(Convert.FromHexString(key), (KerberosKeyUsage)2, encrypted, decrypted);

        Convert.ToHexString(encrypted).Should().Be(expected);
        isValid.Should().BeTrue();
        decrypted.Should().Equal(plaintext);
    }

    // RFC 8009, appendix A: sample checksums.
    [Theory]
    [InlineData(Key128, "D78367186643D67B411CBA9139FC1DEE")]
    [InlineData(Key256, "45EE791567EEFCA37F4AC1E0222DE80D43C3BFA06699672A")]
    public void Checksum_OfTheTextOfRfc8009_GivesItsBytes(string key, string expected)
    {
        var checksum = new byte[expected.Length / 2];

        Of(key).Checksum(Convert.FromHexString(key), (KerberosKeyUsage)2, Enumerable.Range(0, 21).Select(static n => (byte)n).ToArray(), checksum);

        Convert.ToHexString(checksum).Should().Be(expected);
    }

    private static KerberosAesSha2Encryption Of(string key) => new(key == Key256 ? KerberosEncryptionType.Aes256Sha384 : KerberosEncryptionType.Aes128Sha256);
}
