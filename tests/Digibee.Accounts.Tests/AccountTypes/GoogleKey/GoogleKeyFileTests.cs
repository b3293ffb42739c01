namespace Digibee.Accounts;

public sealed class GoogleKeyFileTests
{
    private const string Pem = "-----BEGIN PRIVATE KEY-----\\nc4n4ry\\n-----END PRIVATE KEY-----";

    [Theory]
    [InlineData("""{"private_key":"PEM","client_email":"a@b"}""")]
    [InlineData("""{"client_email":"a@b","extra":{"a":[1,2,{"b":null}]},"private_key":"PEM","type":"service_account"}""")]
    [InlineData(" { \"private_key\" : \"PEM\", \"client_email\" : \"a@b\" } \n")]
    public void Inspect_OfAKeyFile_FindsNothing(string json) => Inspect(json).Problems.Should().BeEmpty();

    [Theory]
    [InlineData("c4n4ry", "not a JSON object")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("\"c4n4ry\"", "not a JSON object")]
    [InlineData("""{"private_key":"PEM","client_email":"a@b"}c4n4ry""", "not a JSON object")]
    [InlineData("""{"private_key":"PEM","client_email":"a@b" """, "not a JSON object")]
    [InlineData("""{"private_key":"\ud800","client_email":"c4n4ry"}""", "not a JSON object")]
    [InlineData("""{"a":[[[[[[[[[[1]]]]]]]]]],"private_key":"PEM","client_email":"a@b"}""", "not a JSON object")]
    [InlineData("""{"private_key":"PEM","client_email":"a@b","client_email":"c4n4ry"}""", "twice")]
    [InlineData("""{"private_key":"PEM","client_email":"a@b","private_key":"PEM"}""", "twice")]
    [InlineData("""{"type":"authorized_user","private_key":"PEM","client_email":"a@b"}""", "service_account")]
    [InlineData("""{"type":5,"private_key":"PEM","client_email":"a@b"}""", "service_account")]
    [InlineData("""{"private_key":"PEM"}""", "client_email")]
    [InlineData("""{"private_key":"PEM","client_email":""}""", "client_email")]
    [InlineData("""{"private_key":"PEM","client_email":["c4n4ry"]}""", "client_email")]
    [InlineData("""{"client_email":"a@b"}""", "private_key")]
    [InlineData("""{"client_email":"a@b","private_key":"c4n4ry"}""", "private_key")]
    [InlineData("""{"client_email":"a@b","private_key":{"a":"c4n4ry"}}""", "private_key")]
    [InlineData("""{"client_email":"a@b","private_key":"-----BEGIN PRIVATE KEY-----\nc4n4ry"}""", "private_key")]
    public void Inspect_OfAnythingElse_SaysWhatIsMissingAndRepeatsNothing(string json, string expected)
    {
        var problems = Inspect(json).Problems;

        problems.Should().ContainSingle().Which.Field.Should().Be("Key");
        problems[0].Message.Should().Contain(expected).And.NotContain("c4n4ry");
    }

    [Fact]
    public void Inspect_OfAnEmptyObject_ReportsBothMembers() => Inspect("{}").Problems.Should().HaveCount(2);

    private static AccountInspection Inspect(string json)
    {
        var inspection = new AccountInspection(new AccountLimits());
        GoogleKeyFile.Inspect(System.Text.Encoding.UTF8.GetBytes(json.Replace("PEM", Pem)), inspection, "Key");
        return inspection;
    }
}
