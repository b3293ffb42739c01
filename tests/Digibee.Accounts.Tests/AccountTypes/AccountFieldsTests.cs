namespace Digibee.Accounts;

public sealed class AccountFieldsTests
{
    // The platform's own table of fields, in lower case; what only this library has is not in it.
    [Theory]
    [InlineData("aws-v4", "service-name access-key secret-key region")]
    [InlineData("basic", "username password")]
    [InlineData("custom-auth-header", "header-name header-value")]
    [InlineData("oauth-bearer", "token")]
    [InlineData("private-key", "key passphrase")]
    [InlineData("public-key", "key")]
    [InlineData("secret-key", "key")]
    [InlineData("oauth-2", "provider scopes")]
    [InlineData("api-key", "url-param-name api-key")]
    [InlineData("ntlm", "username password domain hostname")]
    [InlineData("certificate-chain", "chain password")]
    [InlineData("google-key", "key scopes")]
    [InlineData("kerberos", "keytab principal")]
    [InlineData("smtp-auth-and-properties", "host port username password")]
    public void Find_OfAFieldThatThePlatformHas_FindsIt(string type, string names)
    {
        var accountType = AccountType.Parse(type);

        names.Split(' ').Should().OnlyContain(name => AccountFields.Find(accountType, name) != null);
    }

    [Fact]
    public void Of_EveryType_NamesEachFieldOnce()
    {
        foreach (var type in AccountType.All)
        {
            AccountFields.Of(type).ToArray().Select(static field => field.Name).Should().OnlyHaveUniqueItems().And.NotBeEmpty();
        }
    }

    [Theory]
    [InlineData("oauth-bearer", "token")]
    [InlineData("custom-auth-header", "header-value")]
    [InlineData("api-key", "api-key")]
    public void Find_OfTheValueOfATypeWithOneSecret_FindsThatSecret(string type, string name) =>
        AccountFields.Find(AccountType.Parse(type), "value")!.Name.Should().Be(name);

    [Theory]
    [InlineData("aws-v4", "value")] // it has two secrets
    [InlineData("basic", "Password")]
    [InlineData("basic", "name")] // every account's own, and no field of the type
    public void Find_OfWhatIsNoField_FindsNothing(string type, string name) => AccountFields.Find(AccountType.Parse(type), name).Should().BeNull();

    [Fact]
    public void TextOf_AListOrAnEmptyField_IsSeparatedByCommasOrAbsent()
    {
        var account = new GoogleKeyAccount { Name = "google", Key = new Secret("{}"), Scopes = ["a", "b"] };

        AccountFields.Find(AccountType.GoogleKey, "scopes")!.TextOf(account).Should().Be("a,b");
        AccountFields.Find(AccountType.GoogleKey, "subject")!.TextOf(account).Should().BeNull();
        AccountFields.Find(AccountType.GoogleKey, "key")!.TextOf(account).Should().BeNull("a secret comes out as a secret only");
    }
}
