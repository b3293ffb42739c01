namespace Digibee.Accounts;

public sealed class BcryptDerivationTests
{
    // The test vector of OpenBSD's bcrypt_pbkdf that other implementations use; OpenSSH's own files are among the collected keys.
    [Fact]
    public void Derive_OfTheKnownAnswer_GivesIt()
    {
        var key = new byte[32];

        BcryptDerivation.Derive("password"u8, "salt"u8, rounds: 12, key);

        Convert.ToHexStringLower(key).Should().Be("1ae42c05d487bc02f64921a4ebe4ea93bcacfe135fda99974c06b7b01fae149a");
    }

    [Fact]
    public void TrySpend_OfRounds_CountsEachBlock()
    {
        // 500 hashes are in the budget: 250 rounds of the two blocks that AES-256 with its IV takes.
        BcryptDerivation.TrySpend(new WorkBudget(), 250, 48).Should().BeTrue();
        BcryptDerivation.TrySpend(new WorkBudget(), 251, 48).Should().BeFalse();
        BcryptDerivation.TrySpend(new WorkBudget(), uint.MaxValue, 48).Should().BeFalse();
    }
}
