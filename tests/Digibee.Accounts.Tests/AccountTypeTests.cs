namespace Digibee.Accounts;

public sealed class AccountTypeTests
{
    [Theory]
    [InlineData("api-key", "API Key", "APIKEY")]
    [InlineData("aws-v4", "AWS V4", "AWS_4")]
    [InlineData("aws-v4", "AWS v4", "Aws-V4")]
    [InlineData("basic", "Basic", "BASIC")]
    [InlineData("certificate-chain", "Certificate Chain", "CERTIFICATE_CHAIN")]
    [InlineData("custom-auth-header", "Custom Auth Header", "CUSTOM_AUTH_HEADER")]
    [InlineData("google-key", "Google Key", "GOOGLE_KEY")]
    [InlineData("kerberos", "Kerberos", "KERBEROS")]
    [InlineData("ntlm", "NTLM", "Ntlm")]
    [InlineData("oauth-2", "OAuth 2", "OAUTH_2")]
    [InlineData("oauth-bearer", "OAuth Bearer", "OAUTH_BEARER_TOKEN")]
    [InlineData("private-key", "Private Key", "PRIVATE_KEY")]
    [InlineData("public-key", "Public Key", "PUBLIC_KEY")]
    [InlineData("secret-key", "Secret Key", "SECRET_KEY")]
    [InlineData("smtp-auth-and-properties", "SMTP Auth And Properties", "SMTP Auth and Props")]
    [InlineData("smtp-auth-and-properties", "SMTP Auth", "SMTP_AUTH_AND_PROPERTIES")]
    public void Parse_OfThePlatformsSpellings_FindsTheType(string slug, string name, string enumSpelling)
    {
        var type = AccountType.All.Single(type => type.Slug == slug);

        foreach (var spelling in (string[])[slug, name, enumSpelling, slug.ToUpperInvariant(), slug.Replace('-', '_'), slug.Replace("-", "")])
        {
            AccountType.Parse(spelling).Should().BeSameAs(type);
            AccountType.TryParse(spelling, null, out var tried).Should().BeTrue();
            tried.Should().BeSameAs(type);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("_ -")]
    [InlineData("oauth-provider")]
    [InlineData("azure-key")]
    [InlineData("basic\n")]
    [InlineData("basic\0")]
    [InlineData("basic/")]
    [InlineData("ba\u017Fic")]
    [InlineData("bas\u0131c")]
    [InlineData("\u212Aerberos")]
    [InlineData("b\u00ADasic")]
    public void Parse_OfAnythingElse_IsRefusedWithoutRepeatingIt(string text)
    {
        AccountType.TryParse(text, null, out var type).Should().BeFalse();
        type.Should().BeNull();
        FluentActions.Invoking(() => AccountType.Parse(text)).Should().Throw<FormatException>().WithMessage("Not an account type. Use one of the slugs in AccountType.All.");
    }

    [Fact]
    public void Parse_OfAnyLength_IsBounded()
    {
        AccountType.TryParse("basic".PadRight(64, '-'), null, out _).Should().BeTrue();
        AccountType.TryParse("basic".PadRight(65, '-'), null, out _).Should().BeFalse();
        AccountType.TryParse(null, null, out _).Should().BeFalse();
        FluentActions.Invoking(() => AccountType.Parse(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void TryParse_OfAnyText_AllocatesNothing()
    {
        _ = AccountType.TryParse("OAUTH_BEARER_TOKEN", null, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();

        _ = AccountType.TryParse("OAUTH_BEARER_TOKEN", null, out _);
        _ = AccountType.TryParse("no such type", null, out _);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Fact]
    public void All_InOrderOfTheirSlugs_AreFourteen()
    {
        AccountType.All.Should().HaveCount(14).And.OnlyHaveUniqueItems();
        AccountType.All.Select(static type => type.Slug).Should().BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();
        AccountType.All.Select(static type => type.ToString()).Should().Equal(AccountType.All.Select(static type => type.Slug));
    }

    [Fact]
    public void FromSlug_OfAnotherSpelling_FindsNothing()
    {
        AccountType.FromSlug("aws-v4").Should().BeSameAs(AccountType.AwsV4);
        AccountType.FromSlug("AWS-V4").Should().BeNull();
        AccountType.FromSlug("awsv4").Should().BeNull();
        AccountType.FromSlug("").Should().BeNull();
    }
}
