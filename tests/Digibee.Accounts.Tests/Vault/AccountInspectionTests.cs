namespace Digibee.Accounts;

public sealed class AccountInspectionTests
{
    private readonly AccountInspection _inspection = new(new AccountLimits { ValueLength = 5 });

    private IEnumerable<string> Problems => _inspection.Problems.Select(static problem => $"{problem.Field}: {problem.Message}");

    [Fact]
    public void RequireAndAllow_OfValuesInTheLimit_TakeThem()
    {
        var text = "12345";
        var secret = new Secret("\U0001F511\U0001F511ü");
        NameList names = ["12", "3"], longer = ["12", "34"];

        _inspection.Require(text).Should().BeTrue();
        _inspection.Allow(text).Should().BeTrue();
        _inspection.Require(secret).Should().BeTrue("a limit counts UTF-16 characters, and these are five");
        _inspection.Allow(secret).Should().BeTrue();
        _inspection.Allow(names).Should().BeTrue();
        _inspection.Problems.Should().BeEmpty();
        _inspection.Allow(longer).Should().BeFalse("a separator for each entry counts too");
    }

    [Fact]
    public void RequireAndAllow_OfValuesBeyondTheLimit_NameTheFieldAndTheOption()
    {
        var text = "123456";
        var secret = new Secret("\U0001F511\U0001F511\U0001F511");

        _inspection.Require(text).Should().BeFalse();
        _inspection.Require(secret).Should().BeFalse();

        Problems.Should().Equal(
            "text: it is longer than 5 characters. Shorten it, or raise AccountLimits.ValueLength.",
            "secret: it is longer than 5 characters. Shorten it, or raise AccountLimits.ValueLength.");
    }

    [Fact]
    public void RequireAndAllow_OfEmptyValues_SayWhatToDo()
    {
        var text = "";
        var secret = new Secret("");

        _inspection.Require(text).Should().BeFalse();
        _inspection.Allow(text).Should().BeFalse();
        _inspection.Require(secret).Should().BeFalse();
        _inspection.Allow(secret).Should().BeFalse();

        Problems.Should().Equal(
            "text: it is empty. Fill it in.", "text: it is empty. Leave it out instead.", "secret: it is empty. Fill it in.", "secret: it is empty. Leave it out instead.");
    }

    [Fact]
    public void Allow_OfNull_IsNothingToLookAt()
    {
        _inspection.Allow((string?)null).Should().BeFalse();
        _inspection.Allow((Secret?)null).Should().BeFalse();

        _inspection.Problems.Should().BeEmpty();
    }

    [Theory]
    [InlineData(" abc")]
    [InlineData("abc\t")]
    public void Allow_OfASecretWithSpaceAround_WarnsAndTakesIt(string text)
    {
        var secret = new Secret(text);

        _inspection.Allow(secret).Should().BeTrue();

        _inspection.Warnings.Should().ContainSingle().Which.Should().StartWith("secret: ");
    }

    [Fact]
    public void Note_OfAValue_LeavesOutWhatIsNoIdentifier()
    {
        _inspection.Note("empty", "");
        _inspection.Note("long", new string('a', 257));
        _inspection.Note("good", new string('a', 256));

        _inspection.Facts.Keys.Should().Equal("good");
    }

    [Fact]
    public void Limit_OfCounts_WritesThemForPeopleInAnyCulture()
    {
        _inspection.Limit(1_001, 1_000, "Projects");
        _inspection.Limit(1_000, 1_000, "Projects");

        Problems.Should().Equal("Projects: it has 1,001 entries; 1,000 are the limit. Remove some.");
    }
}
