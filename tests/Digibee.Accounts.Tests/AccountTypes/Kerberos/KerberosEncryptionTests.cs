namespace Digibee.Accounts;

public sealed class KerberosEncryptionTests
{
    // Made by the Kerberos library of MIT (1.20.1) from keys of our own: RFC 3962 and RFC 4757 hold no whole ciphertexts.
    [Theory]
    [InlineData(17, 1, "acfc34d2d2e4f3df5541d33133fb07a9", "", "84263dbd25b260b537dc2ec61db834bdf9fb374018416e52f6eef1fd")]
    [InlineData(17, 3, "acfc34d2d2e4f3df5541d33133fb07a9", "31", "1958b6a782a49685927abb33a689a40170e0b6f56daf1469da520b2e6d")]
    [InlineData(17, 7, "acfc34d2d2e4f3df5541d33133fb07a9", "30313233343536373839616263646566", "5e5345f8c41d8e86f6a487fb5e913aa396e6f7a94ba72cfb43d744a2b6408834d343229e8683164a94d91714")]
    [InlineData(17, 8, "acfc34d2d2e4f3df5541d33133fb07a9", "333020627974657320627974657320627974657320627974657320627974", "25f11dcbe6dd5971dc981e52ee8660e4dd62dd56871b664ecc7005ab8adf7770abd1d70d5ab5d2ac92e26d53b1433b56ad8291fe6018b60ff6b0")]
    [InlineData(17, 11, "acfc34d2d2e4f3df5541d33133fb07a9", "787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878", "a37bfd47f17640b58673f990d4044b55a2c96f367f102507b991485cf0ba3da02c42aec6ba2b1c88912c499d9d908da85552636c240ddfac8299b480c6e9593c22627b62381eee369c1a2065")]
    [InlineData(18, 1, "fa3d066cde755366ab0b678d15e01b56049fa41fa90af9689e46ba6556627773", "", "80e9526652f1ce547df4769cd3bcc5737c7678d9002f7c9379023297")]
    [InlineData(18, 3, "fa3d066cde755366ab0b678d15e01b56049fa41fa90af9689e46ba6556627773", "31", "a552ea7d251ed7df9cf6112ad7a62bdac15ec8f503e0dd8e0bcf41d1f3")]
    [InlineData(18, 7, "fa3d066cde755366ab0b678d15e01b56049fa41fa90af9689e46ba6556627773", "30313233343536373839616263646566", "621b8fe70abf5e024fd759ed752ed2ad2398db2fc1d685d343f76c68e193ec455858de117009be03502d816a")]
    [InlineData(18, 8, "fa3d066cde755366ab0b678d15e01b56049fa41fa90af9689e46ba6556627773", "333020627974657320627974657320627974657320627974657320627974", "70b8752e5b56fc7f17a2d360b5ee85ad3c3c9dcdf8e51a9670a9d60a5d4d002b1e1bbbfdebf021d3ad70e8c41ce41266d02f797e418b7438b9ab")]
    [InlineData(18, 11, "fa3d066cde755366ab0b678d15e01b56049fa41fa90af9689e46ba6556627773", "787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878", "fca3857c7ede69412c6b89bbeaf163c5190c3dbcb90de746a6d0ea17cf270110f3aee6a49668b50386444ad904f3c99e5f4e4b119893e8c38608f22f364c44c5dbd508ca1d4e6d33f199ba2f")]
    [InlineData(23, 1, "f4122b2097e834bda268ad18f35537ce", "", "c0ad61b064c1fd0d17b8907d2f09e37b858e844f6fdfee20")]
    [InlineData(23, 3, "f4122b2097e834bda268ad18f35537ce", "31", "f19c601f9fc4daf755ae08a26c7e3bed15010bda58e5b7cb89")]
    [InlineData(23, 7, "f4122b2097e834bda268ad18f35537ce", "30313233343536373839616263646566", "177fa6403586780a05b0994d161e51f8edc17cde10f56f05740fa327d6eed20bef93212fdd29f872")]
    [InlineData(23, 8, "f4122b2097e834bda268ad18f35537ce", "333020627974657320627974657320627974657320627974657320627974", "d4adda9a6b87bd81e2158ca2d732190553f9a004ba3f4aa537af8d91123c3c19a9233718f41135ccd8c742f74de3f8a105d0e7d75729")]
    [InlineData(23, 11, "f4122b2097e834bda268ad18f35537ce", "787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878", "21bca942c795846238fa0f6b97141efcf8f62024f703038aa72e7e5f62a8237925ca3cef91ccaa2f1d0b9d8e4466f682eb2edc0574f6584677b50054c3f947034258ad985b5da16e")]
    public void TryDecrypt_OfWhatMitEncrypted_GivesThePlaintext(int type, int usage, string key, string plaintext, string ciphertext)
    {
        var decrypted = new byte[plaintext.Length / 2];

        var isValid = Of(type).TryDecrypt(Convert.FromHexString(key), (KerberosKeyUsage)usage, Convert.FromHexString(ciphertext), decrypted);

        isValid.Should().BeTrue();
        Convert.ToHexStringLower(decrypted).Should().Be(plaintext);
    }

    [Theory]
    [InlineData(17, "acfc34d2d2e4f3df5541d33133fb07a9", "1dfdbbb3e47509820e6a9076")]
    [InlineData(18, "fa3d066cde755366ab0b678d15e01b56049fa41fa90af9689e46ba6556627773", "1afe41fd9dd12bed53cef259")]
    [InlineData(23, "f4122b2097e834bda268ad18f35537ce", "302028408f185ecdaafedc00803903a0")]
    public void Checksum_OfAText_IsTheOneOfMit(int type, string key, string expected)
    {
        var checksum = new byte[Of(type).ChecksumLength];

        Of(type).Checksum(Convert.FromHexString(key), KerberosKeyUsage.TgsRequestChecksum, "request body"u8, checksum);

        Convert.ToHexStringLower(checksum).Should().Be(expected);
    }

    [Theory]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(23)]
    public void TryDecrypt_OfAnyChange_IsFalseAndLeavesNothing(int type)
    {
        var encryption = Of(type);
        var key = new byte[encryption.KeyLength];
        var text = "text of a reply"u8.ToArray();
        var encrypted = new byte[text.Length + encryption.Overhead];
        encryption.Encrypt(key, KerberosKeyUsage.TgsReply, new byte[encryption.ConfounderLength], text, encrypted);
        var decrypted = new byte[text.Length];

        encryption.TryDecrypt(key, KerberosKeyUsage.TgsReply, encrypted, decrypted).Should().BeTrue();
        decrypted.Should().Equal(text);
        encryption.TryDecrypt(key, KerberosKeyUsage.ApReply, encrypted, decrypted).Should().BeFalse("it was made for another use");
        decrypted.Should().OnlyContain(static b => b == 0);
        for (var i = 0; i < encrypted.Length; i++)
        {
            encrypted[i] ^= 1;
            encryption.TryDecrypt(key, KerberosKeyUsage.TgsReply, encrypted, decrypted).Should().BeFalse("byte {0} was changed", i);
            encrypted[i] ^= 1;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(-1)]
    public void Of_DesOrAnUnknownType_IsNull(int type) => KerberosEncryption.Of(type).Should().BeNull();

    [Fact]
    public void Usable_WithoutRc4_NamesAesFromTheStrongestOn()
    {
        KerberosEncryption.Usable(withRc4: false).Should().Equal(
            KerberosEncryptionType.Aes256Sha384, KerberosEncryptionType.Aes256Sha1, KerberosEncryptionType.Aes128Sha256, KerberosEncryptionType.Aes128Sha1);
        KerberosEncryption.Usable(withRc4: true).Should().EndWith(KerberosEncryptionType.Rc4);
    }

    private static KerberosEncryption Of(int type) => KerberosEncryption.Of(type)!;
}
