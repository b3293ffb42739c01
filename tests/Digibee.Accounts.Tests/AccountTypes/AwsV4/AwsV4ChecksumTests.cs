using System.Security.Cryptography;

namespace Digibee.Accounts;

public sealed class AwsV4ChecksumTests
{
    // RFC 3720, appendix B.4: in the order of its bytes there, the last first on this wire.
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "8a9136aa")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "62a8ab43")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "46dd794e")]
    [InlineData("313233343536373839", "e3069283")]
    public void Finish_OfCrc32C_GivesTheValueOfTheStandard(string data, string expected)
    {
        using var inOnePiece = new AwsV4Checksum(AwsV4TrailingChecksum.Crc32C);
        using var inPieces = new AwsV4Checksum(AwsV4TrailingChecksum.Crc32C);
        var bytes = Convert.FromHexString(data);

        inOnePiece.Append(bytes);
        foreach (var piece in bytes.Chunk(5))
        {
            inPieces.Append(piece);
        }

        Convert.ToHexStringLower(Convert.FromBase64String(inOnePiece.Finish())).Should().Be(expected);
        Convert.ToHexStringLower(Convert.FromBase64String(inPieces.Finish())).Should().Be(expected);
    }

    [Fact]
    public void Finish_OfSha256_GivesItsHash()
    {
        using var checksum = new AwsV4Checksum(AwsV4TrailingChecksum.Sha256);

        checksum.Append("ab"u8);
        checksum.Append("c"u8);

        checksum.Finish().Should().Be(Convert.ToBase64String(SHA256.HashData("abc"u8)));
        checksum.Name.Should().Be("x-amz-checksum-sha256");
    }
}
