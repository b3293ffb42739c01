namespace Digibee.Accounts;

public sealed class KerberosCipherTextStealingTests
{
    private static readonly byte[] Key = "chicken teriyaki"u8.ToArray();
    private static readonly byte[] Text = "I would like the General Gau's Chicken, please, and wonton soup."u8.ToArray();

    // RFC 3962, appendix B.
    public static TheoryData<int, string> Vectors => new()
    {
        { 17, "c6353568f2bf8cb4d8a580362da7ff7f97" },
        { 31, "fc00783e0efdb2c1d445d4c8eff7ed2297687268d6ecccc0c07b25e25ecfe5" },
        { 32, "39312523a78662d5be7fcbcc98ebf5a897687268d6ecccc0c07b25e25ecfe584" },
        { 47, "97687268d6ecccc0c07b25e25ecfe584b3fffd940c16a18c1b5549d2f838029e39312523a78662d5be7fcbcc98ebf5" },
        { 48, "97687268d6ecccc0c07b25e25ecfe5849dad8bbb96c4cdc03bc103e1a194bbd839312523a78662d5be7fcbcc98ebf5a8" },
        { 64, "97687268d6ecccc0c07b25e25ecfe58439312523a78662d5be7fcbcc98ebf5a84807efe836ee89a526730dbc2f7bc8409dad8bbb96c4cdc03bc103e1a194bbd8" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Encrypt_OfTheTextOfRfc3962_GivesItsBytes(int length, string expected)
    {
        var encrypted = new byte[length];

        KerberosCipherTextStealing.Encrypt(Key, Text.AsSpan(0, length), encrypted);

        Convert.ToHexStringLower(encrypted).Should().Be(expected);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Decrypt_OfTheBytesOfRfc3962_GivesTheText(int length, string encrypted)
    {
        var decrypted = new byte[length];

        KerberosCipherTextStealing.Decrypt(Key, Convert.FromHexString(encrypted), decrypted);

        decrypted.Should().Equal(Text[..length]);
    }

    [Fact]
    public void Decrypt_OfEveryLength_GivesWhatWasEncrypted()
    {
        for (var length = KerberosCipherTextStealing.BlockLength; length <= Text.Length; length++)
        {
            var encrypted = new byte[length];
            var decrypted = new byte[length];

            KerberosCipherTextStealing.Encrypt(Key, Text.AsSpan(0, length), encrypted);
            KerberosCipherTextStealing.Decrypt(Key, encrypted, decrypted);

            decrypted.Should().Equal(Text[..length], "of length {0}", length);
        }
    }
}
