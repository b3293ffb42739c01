using System.Text;
using Microsoft.Extensions.Configuration;

namespace Digibee.Accounts;

public sealed class AccountConfigurationReaderTests
{
    [Theory]
    [MemberData(nameof(AccountSamples.Slugs), MemberType = typeof(AccountSamples))]
    public void Read_OfEveryTypeWithEveryField_GivesTheAccount(string slug)
    {
        var expected = AccountSamples.Full(slug);

        var reader = new AccountConfigurationReader(allowsLiterals: true, new AccountLimits(), DateTimeOffset.UnixEpoch);
        var read = reader.Read(SectionOf(expected));

        reader.Problems.Should().BeEmpty();
        read!.Value.Account.Should().Be(expected);
    }

    [Fact]
    public void Read_OfAListWrittenAsOneText_SaysHowToWriteIt()
    {
        var (account, problems) = Read("""{"crm":{"type":"OAUTH_BEARER_TOKEN","token":"t","allowedOrigins":"https://api.example","projects":[]}}""");

        account.Should().BeNull();
        problems.Should().ContainSingle().Which.Should().StartWith("Account 'crm': AllowedOrigins: it is a list.");
    }

    [Theory]
    [InlineData("""{"crm":{"type":"basic","userName":["a"],"password":"p"}}""", "UserName: it is one value")]
    [InlineData("""{"crm":{"type":"basic","userName":"env:USER","password":"p"}}""", "UserName: it is no secret")]
    [InlineData("""{"crm":{"type":"basic","userName":"a:b","password":"p"}}""", "UserName: it holds what can never stand there")]
    [InlineData("""{"crm":{"type":"basic","userName":"a","password":"p","expiresAt":"soon"}}""", "ExpiresAt: it is not a date")]
    [InlineData("""{"crm":{"type":"basic","userName":"a","password":"p","description":{"a":"b"}}}""", "Description: it is one value")]
    [InlineData("""{"crm":{"type":"basic","userName":"a","password":"p","projects":[""]}}""", "Projects: entry 1 is empty")]
    [InlineData("""{"crm":{"type":"smtp","host":"h","port":"70000"}}""", "Port: it is out of its range")]
    [InlineData("""{"crm":{"type":"smtp","host":"h","port":"high"}}""", "Port: it is not a whole number")]
    [InlineData("""{"crm":{"type":"kerberos","principal":"a@B","keytab":"k","allowRc4":"yes"}}""", "AllowRc4: it is neither true nor false")]
    [InlineData("""{"crm":{"type":"custom-auth-header","headerName":"Content-Length","headerValue":"v"}}""", "HeaderName:")]
    public void Read_OfAValueThatIsNotRight_NamesTheField(string json, string expected)
    {
        var (account, problems) = Read(json);

        account.Should().BeNull();
        problems.Should().Contain(problem => problem.StartsWith($"Account 'crm': {expected}", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_OfNullInJson_LeavesTheFieldOut()
    {
        var (account, problems) = Read("""{"crm":{"type":"aws-v4","accessKeyId":"AKIDEXAMPLE","secretAccessKey":"s","sessionToken":null,"region":null}}""");

        problems.Should().BeEmpty();
        account.Should().Be(new AwsV4Account { Name = "crm", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = new Secret("s") });
    }

    private static (Account? Account, IReadOnlyList<string> Problems) Read(string json)
    {
        var reader = new AccountConfigurationReader(allowsLiterals: true, new AccountLimits(), DateTimeOffset.UnixEpoch);
        var read = reader.Read(Parse(json));
        return (read?.Account, reader.Problems);
    }

    private static IConfigurationSection Parse(string json) =>
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build().GetChildren().Single();

    // The stored JSON itself, with the name as the key and what the metadata holds.
    private static IConfigurationSection SectionOf(Account account)
    {
        using var payload = AccountPayload.Write(account);
        var fields = Encoding.UTF8.GetString(payload.Span).Replace("\"v\":1,", "", StringComparison.Ordinal);
        return Parse($$"""
            {"{{account.Name}}":{"type":"{{account.Type.DisplayName}}","description":"{{account.Description}}","expiresAt":"{{account.ExpiresAt:O}}",
            "allowedOrigins":["{{string.Join("\",\"", account.AllowedOrigins)}}"],"projects":["{{string.Join("\",\"", account.Projects)}}"],{{fields[1..]}}}
            """);
    }
}
