using System.Text;

namespace Digibee.Accounts;

public sealed class SshPublicKeyReaderTests
{
    // Written by ssh-keygen beside the private keys.
    public static IEnumerable<TheoryDataRow<string>> Files => KeyVectors.Files(static entry => entry.GetProperty("file").GetString()!.StartsWith("ssh-", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    [Trait("Category", "Vectors")]
    public void Read_OfTheLineBesideAPrivateKey_IsItsPublicHalf(string file)
    {
        var line = Encoding.UTF8.GetString(KeyVectors.Read(Path.ChangeExtension(file, ".pub")));
        using var pair = KeyReader.Read(KeyVectors.Read(file), KeyVectors.Entry(file).Password());

        using var material = Read(line);

        material.Problem.Should().Be(KeyProblem.None);
        material.PublicKeys.Should().ContainSingle().Which.PublicKeyInfo.ToArray().Should().Equal(pair.PrivateKeys[0].PublicKeyInfo.ToArray());
    }

    [Theory]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5")]
    [InlineData("ssh-ed25519 !!!!")]
    [InlineData("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIKPf3VJFRwjHFdcmCHxk0Pz1AAAAC3NzaC1lZDI1NTE5AA")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA== x\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA== y")]
    public void Read_OfABrokenLine_SaysSo(string line)
    {
        using var material = Read(line);

        material.Problem.Should().Be(KeyProblem.Malformed);
    }

    [Fact]
    public void Read_OfAKeyWithSomethingBehindIt_SaysThatItIsBroken()
    {
        byte[] key = [0, 0, 0, 11, .. "ssh-ed25519"u8, 0, 0, 0, 32, .. Convert.FromHexString("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")];
        using var whole = Read($"ssh-ed25519 {Convert.ToBase64String(key)}");
        using var longer = Read($"ssh-ed25519 {Convert.ToBase64String([.. key, 0])}");

        whole.Problem.Should().Be(KeyProblem.None);
        longer.Problem.Should().Be(KeyProblem.Malformed);
    }

    [Fact]
    public void Read_OfATypeThatIsNotKnown_SaysThatItIsNotSupported()
    {
        using var material = Read($"ssh-dss {Convert.ToBase64String([0, 0, 0, 7, .. "ssh-dss"u8])} me");

        material.Problem.Should().Be(KeyProblem.Unsupported);
    }

    private static KeyMaterial Read(string line) => KeyReader.Read(Encoding.UTF8.GetBytes(line), password: null);
}
