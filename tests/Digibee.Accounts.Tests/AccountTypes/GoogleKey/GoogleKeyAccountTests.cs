namespace Digibee.Accounts;

public sealed class GoogleKeyAccountTests
{
    private static readonly GoogleKeyAccount Account = (GoogleKeyAccount)AccountSamples.Minimal("google-key");

    [Fact]
    public void Init_OfNull_IsRefused() =>
        FluentActions.Invoking(() => Account with { Key = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Key");

    [Theory]
    [InlineData("https://storage.googleapis.com", true)]
    [InlineData("https://googleapis.com", false)]
    [InlineData("https://storage.googleapis.com.attacker.example", false)]
    [InlineData("http://storage.googleapis.com", false)]
    public void NaturalOrigins_OfAnyKey_AreGooglesApis(string uri, bool isOne) => Account.NaturalOrigins.Contains(new Uri(uri)).Should().Be(isOne);

    [Fact]
    public void Inspect_OfAKeyFile_NotesWhoItIsOf()
    {
        var inspection = Account.Inspected();

        inspection.Problems.Should().BeEmpty();
        inspection.Facts().Should().Equal("clientEmail=robot@project.example", "keyId=k1");
    }

    [Fact]
    public void Inspect_OfScopesThatAreNone_NamesTheirPosition() =>
        (Account with { Scopes = ["https://www.googleapis.com/auth/drive", "a b", "c\\d"] }).Inspected().Problems
            .Should().HaveCount(2).And.OnlyContain(static problem => problem.Field == "Scopes")
            .And.Contain(static problem => problem.Message.StartsWith("entry 2 ")).And.Contain(static problem => problem.Message.StartsWith("entry 3 "));

    [Fact]
    public void Inspect_OfAnEmptyKey_RefusesIt() => (Account with { Key = new Secret("") }).RefusedFields().Should().Equal("Key");
}
