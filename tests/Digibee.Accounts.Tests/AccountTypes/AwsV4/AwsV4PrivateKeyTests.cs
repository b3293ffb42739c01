using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

public sealed class AwsV4PrivateKeyTests
{
    // aws-c-auth, tests/key_derivation_tests.c.
    private const string AccessKeyId = "AKISORANDOMAASORANDOM";
    private const string PrivateKey = "7fd3bd010c0d9c292141c2b77bfbde1042c92e6836fff749d1269ec890fca1bd";
    private const string X = "15d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb";
    private const string Y = "0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0";

    private static ReadOnlySpan<byte> SecretKey => "q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom"u8;

    [Fact]
    public void Derive_WithThePublishedPair_GivesItsPrivateKey()
    {
        Span<byte> scalar = stackalloc byte[AwsV4PrivateKey.Length];

        AwsV4PrivateKey.Derive(AccessKeyId, SecretKey, static (key, input, output) => HMACSHA256.HashData(key, input, output), scalar);

        Convert.ToHexStringLower(scalar).Should().Be(PrivateKey);
    }

    [Fact]
    public void Derive_WhenTheFirstCandidatesAreTooLarge_CountsOn()
    {
        var inputs = new List<string>();
        var scalar = new byte[AwsV4PrivateKey.Length];

        AwsV4PrivateKey.Derive(
            "ID",
            "secret"u8,
            (key, input, output) =>
            {
                inputs.Add($"{Encoding.ASCII.GetString(key)} {Convert.ToHexStringLower(input)}");
                output.Fill((byte)(inputs.Count < 3 ? 0xFF : 0x01));
            },
            scalar);

        var label = Convert.ToHexStringLower("AWS4-ECDSA-P256-SHA256"u8);
        inputs.Should().Equal(Enumerable.Range(1, 3).Select(counter => $"AWS4Asecret 00000001{label}004944{counter:x2}00000100"));
        Convert.ToHexStringLower(scalar).Should().Be("0101010101010101010101010101010101010101010101010101010101010102");
    }

    [Fact]
    public void TrySign_OfAText_IsVerifiedByThePublishedPublicKey()
    {
        using var key = new AwsV4PrivateKey(AccessKeyId, SecretKey);
        using var publicKey = AwsV4PublicKey.Of(X, Y);
        var signature = new byte[AwsV4Signer.MaxSignatureLength];

        var isSigned = key.TrySign("text"u8, signature, out var length);

        isSigned.Should().BeTrue();
        AwsV4PublicKey.Verifies(publicKey, "text", Convert.ToHexString(signature.AsSpan(0, length))).Should().BeTrue();
        AwsV4PublicKey.Verifies(publicKey, "another", Convert.ToHexString(signature.AsSpan(0, length))).Should().BeFalse();
    }

    [Fact]
    public void TrySign_AfterDispose_SignsNothing()
    {
        var key = new AwsV4PrivateKey(AccessKeyId, SecretKey);
        var signature = new byte[AwsV4Signer.MaxSignatureLength];
        var before = key.TrySign("text"u8, signature, out _);
        Array.Clear(signature);

        key.Dispose();
        var after = key.TrySign("text"u8, signature, out var length);

        before.Should().BeTrue();
        after.Should().BeFalse();
        length.Should().Be(0);
        signature.Should().OnlyContain(static b => b == 0);
    }

    [Fact]
    public async Task TrySign_FromManyThreads_AlwaysSignsItsOwnText()
    {
        using var key = new AwsV4PrivateKey(AccessKeyId, SecretKey);
        using var publicKey = AwsV4PublicKey.Of(X, Y);

        var signed = await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() => Enumerable.Range(0, 40).Select(i =>
        {
            var signature = new byte[AwsV4Signer.MaxSignatureLength];
            key.TrySign(Encoding.ASCII.GetBytes($"{thread}/{i}"), signature, out var length).Should().BeTrue();
            return (Text: $"{thread}/{i}", Signature: Convert.ToHexString(signature.AsSpan(0, length)));
        }).ToArray())));

        signed.SelectMany(static pairs => pairs).Should().OnlyContain(pair => AwsV4PublicKey.Verifies(publicKey, pair.Text, pair.Signature));
    }
}
