namespace Digibee.Accounts;

public sealed class NonceMemoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountAddress Account = new("default", "test", "key");

    [Fact]
    public void Add_OfANonceASecondTime_IsAReplayUntilItsSignatureEnds()
    {
        var memory = new NonceMemory();

        memory.Add(Account, "a", Now.AddMinutes(5), Now).Should().Be(MessageSignatureFailure.None);

        memory.Add(Account, "a", Now.AddMinutes(5), Now.AddMinutes(5)).Should().Be(MessageSignatureFailure.Replayed);
        memory.Add(Account, "a", Now.AddMinutes(11), Now.AddMinutes(6)).Should().Be(MessageSignatureFailure.None);
    }

    [Fact]
    public void Add_OfTheSameNonceOfTwoKeys_TakesBoth()
    {
        var memory = new NonceMemory();

        memory.Add(Account, "a", Now.AddMinutes(5), Now).Should().Be(MessageSignatureFailure.None);

        memory.Add(new AccountAddress("default", "test", "other"), "a", Now.AddMinutes(5), Now).Should().Be(MessageSignatureFailure.None);
    }

    [Fact]
    public void Add_OfMoreThanItRemembers_TakesNoneUntilOneEnds()
    {
        var memory = new NonceMemory(capacity: 2);
        memory.Add(Account, "a", Now.AddMinutes(9), Now);
        memory.Add(Account, "b", Now.AddMinutes(1), Now);

        memory.Add(Account, "c", Now.AddMinutes(9), Now).Should().Be(MessageSignatureFailure.TooManyNonces);

        memory.Add(Account, "c", Now.AddMinutes(9), Now.AddMinutes(2)).Should().Be(MessageSignatureFailure.None);
        memory.Add(Account, "a", Now.AddMinutes(9), Now.AddMinutes(2)).Should().Be(MessageSignatureFailure.Replayed);
    }
}
