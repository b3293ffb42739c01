namespace Digibee.Accounts;

public sealed class SqlitePathTests
{
    [Theory]
    [InlineData("Data Source=accounts.db")]
    [InlineData("accounts.db")]
    [InlineData("Filename=accounts.db")]
    public void Parse_OfAConnectionStringOrPath_GivesTheFullPath(string text)
    {
        SqlitePath.Parse(text).Should().Be(Path.Combine(Directory.GetCurrentDirectory(), "accounts.db"));
    }

    [Theory]
    [InlineData(":memory:")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=a.db;Mode=Memory")]
    [InlineData("Data Source=a.db;Cache=Shared")]
    [InlineData("Data Source=a.db;Password=hunter2")]
    [InlineData("Data Source=a.db;hunter2=1")]
    [InlineData("file:accounts.db?mode=memory")]
    [InlineData("Data Source=file:accounts.db")]
    [InlineData("a\0b")]
    [InlineData("|DataDirectory|accounts.db")]
    [InlineData("Data Source=|datadirectory|/accounts.db")]
    [InlineData(" ")]
    public void Parse_OfWhatIsNotAFileAlone_IsRefusedWithoutRepeatingIt(string text)
    {
        var parse = () => SqlitePath.Parse(text);

        var refusal = parse.Should().Throw<ArgumentException>().Which;
        refusal.ParamName.Should().Be("connectionString");
        refusal.ToString().Should().NotContain("hunter2");
    }
}
