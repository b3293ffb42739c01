namespace Digibee.Accounts;

public sealed class SealRefusalTests
{
    public static TheoryData<AccountSealFailure> OfTheSeal =>
        [.. Enum.GetValues<AccountSealFailure>().Except([AccountSealFailure.InvalidKey, AccountSealFailure.InvalidPayload, AccountSealFailure.Rollback])];

    [Theory]
    [MemberData(nameof(OfTheSeal))]
    public void ToOpen_ForAnyReason_NamesTheAccountAndThatNothingWasChanged(AccountSealFailure reason)
    {
        var refusal = SealRefusal.ToOpen(TestSeals.Context, reason, new byte[152]);

        refusal.Reason.Should().Be(reason);
        refusal.AccountName.Should().Be("orders-db");
        refusal.InnerException.Should().BeNull();
        refusal.IsTransient.Should().BeFalse();
        refusal.Message.Should().StartWith("Account 'orders-db' in 'default/prod', revision 1764070000000000, does not open: ").And.EndWith("What is stored was left as it is.");
    }
}
