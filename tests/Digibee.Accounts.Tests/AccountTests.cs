using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>What holds for accounts of every type.</summary>
public sealed class AccountTests
{
    private static readonly BasicAccount Basic = (BasicAccount)AccountSamples.Minimal("basic");

    public static TheoryData<string> Slugs => AccountSamples.Slugs;

    [Theory]
    [InlineData("")]
    [InlineData("../basic")]
    [InlineData("Basic")]
    [InlineData("basic\n")]
    public void Init_OfANameThatIsNone_IsRefusedWithoutRepeatingIt(string name) =>
        FluentActions.Invoking(() => Basic with { Name = name }).Should().Throw<ArgumentException>().WithParameterName("Name")
            .Which.Message.Should().StartWith("It must be [a-z0-9]");

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Type_OfEachAccount_IsItsOwn(string slug)
    {
        AccountSamples.Minimal(slug).Type.Slug.Should().Be(slug);
        AccountSamples.Full(slug).Type.Slug.Should().Be(slug);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Inspect_OfTheSamples_FindsNoProblem(string slug)
    {
        AccountSamples.Minimal(slug).RefusedFields().Should().BeEmpty();
        AccountSamples.Full(slug).RefusedFields().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Equals_OfTwoAccountsMadeAlike_IsTrueAndOfAChangedOneFalse(string slug)
    {
        var account = AccountSamples.Full(slug);

        account.Should().Be(AccountSamples.Full(slug));
        account.GetHashCode().Should().Be(AccountSamples.Full(slug).GetHashCode());
        account.Should().NotBe(account with { Description = "another" });
        account.Should().NotBe(account with { Projects = ["alpha"] });
        account.Should().NotBe(AccountSamples.Minimal(slug));
    }

    [Fact]
    public void Equals_OfAnotherSecret_IsFalse() => Basic.Should().NotBe(Basic with { Password = new Secret("another") });

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Equals_OfEmptyListsAndNone_IsTrue(string slug)
    {
        var account = AccountSamples.Minimal(slug);

        (account with { Projects = [], AllowedOrigins = [] }).Should().Be(account);
        (account with { Projects = null!, AllowedOrigins = null! }).Should().Be(account);
    }

    [Fact]
    public void Equals_OfEmptyListsOfTheTypes_IsTrue()
    {
        var google = (GoogleKeyAccount)AccountSamples.Minimal("google-key");
        var kerberos = (KerberosAccount)AccountSamples.Minimal("kerberos");
        var oauth2 = (OAuth2Account)AccountSamples.Minimal("oauth-2");
        var smtp = (SmtpAccount)AccountSamples.Minimal("smtp-auth-and-properties");

        (google with { Scopes = [] }).Should().Be(google);
        (kerberos with { KeyDistributionCenters = [] }).Should().Be(kerberos);
        (oauth2 with { Scopes = [], Resources = [], Parameters = [] }).Should().Be(oauth2);
        (smtp with { Mechanisms = [], Properties = [] }).Should().Be(smtp);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void With_OfACommonProperty_KeepsTheRest(string slug)
    {
        var changed = AccountSamples.Full(slug) with { Name = "renamed" };

        changed.Name.Should().Be("renamed");
        (changed with { Name = slug }).Should().Be(AccountSamples.Full(slug));
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void ToString_OfEachAccount_ShowsNoSecret(string slug)
    {
        var account = AccountSamples.Full(slug);

        foreach (var text in (string[])[account.ToString(), $"{account}", JsonSerializer.Serialize(account, account.GetType()), JsonSerializer.Serialize<object>(account)])
        {
            text.Should().Contain(account.Name).And.NotContainAny(AccountSamples.Secret, "YzRuNHJ5", "jNG40cn");
            if (slug != "oauth-2")
            {
                text.Should().Contain("***");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Inspect_OfTooMuchInEveryCommonProperty_ReportsAllAtOnce(string slug)
    {
        var account = AccountSamples.Minimal(slug) with
        {
            Description = new string('d', 1_001),
            AllowedOrigins = AllowedOrigins.Create([.. Enumerable.Range(0, 51).Select(static number => $"https://h{number}.example")]),
            Projects = NameList.Create([.. Enumerable.Range(0, 101).Select(static number => $"p{number}")]),
        };

        account.RefusedFields().Should().Equal("Description", "AllowedOrigins", "Projects");
        account.Inspected(new AccountLimits { DescriptionLength = 1_001, Origins = 51, Projects = 101 }).Problems.Should().BeEmpty();
    }

    [Fact]
    public void Inspect_OfHalfASurrogatePair_RefusesItWhereverItStands()
    {
        (Basic with { Description = "a\uD83D" }).RefusedFields().Should().Equal("Description");
        (Basic with { Projects = ["\uDD11b"] }).RefusedFields().Should().Equal("Projects");
        (Basic with { UserName = "a\uD83Db" }).RefusedFields().Should().Equal("UserName");
        (Basic with { Description = "a\U0001F511b" }).RefusedFields().Should().BeEmpty();
    }

    [Theory]
    [InlineData("http://intranet:8080", 1)]
    [InlineData("http://localhost:8080", 0)]
    [InlineData("http://127.0.0.1", 0)]
    [InlineData("http://[::1]:5000", 0)]
    [InlineData("https://intranet:8080", 0)]
    [InlineData("https://*.intranet.example", 0)]
    [InlineData("https://*", 1)]
    public void Inspect_OfAnOrigin_WarnsOfClearTextAndOfAny(string origin, int warnings)
    {
        var inspection = (Basic with { AllowedOrigins = [origin] }).Inspected();

        inspection.Problems.Should().BeEmpty();
        inspection.Warnings.Should().HaveCount(warnings).And.NotContain(static warning => !warning.StartsWith("AllowedOrigins: "));
    }

    [Fact]
    public void Inspect_OfADateThatHasPassed_Warns()
    {
        var end = new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
        var account = Basic with { ExpiresAt = end };

        account.Inspected(now: end).Warnings.Should().ContainSingle().Which.Should().StartWith("ExpiresAt: ");
        account.Inspected(now: end.AddTicks(-1)).Warnings.Should().BeEmpty();
        account.Inspected().Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Inspect_OfMoreMetadataThanFits_SaysWhatToShorten()
    {
        // Within every single limit: 50 origins of 220 characters, 100 projects of 60.
        var account = Basic with
        {
            AllowedOrigins = AllowedOrigins.Create([.. Enumerable.Range(100, 50).Select(static number => $"https://{string.Join('.', Enumerable.Repeat(new string('h', 50), 4))}.h{number}")]),
            Projects = NameList.Create([.. Enumerable.Range(100, 100).Select(static number => $"{new string('p', 57)}{number}")]),
        };

        var problem = account.Inspected().Problems.Should().ContainSingle().Subject;

        problem.Field.Should().Be("Description");
        problem.Message.Should().Contain("16,384");
    }

    [Fact]
    public void Inspect_OfMorePayloadThanCanBeSealed_SaysSo()
    {
        var limits = new AccountLimits { ValueLength = 500_000 };
        var account = (AwsV4Account)AccountSamples.Minimal("aws-v4") with { SecretAccessKey = new Secret(new string('s', 500_000)), SessionToken = new Secret(new string('t', 500_000)) };

        account.Inspected(limits).Problems.Should().BeEmpty();
        (account with { AccessKeyId = new string('a', 50_000) }).Inspected(limits).Problems.Should().ContainSingle().Which.Message.Should().Contain("1,048,575");
    }
}
