using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Digibee.Accounts;

/// <summary>What every account type keeps to, by reflection: a fifteenth would be held to it without a line here.</summary>
public sealed partial class AccountConventionTests
{
    private static readonly Type[] AccountTypes = [.. typeof(Account).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Account)))];

    // Identifiers and settings whose names only sound like a secret.
    private static readonly HashSet<string> NotSecret = new(StringComparer.Ordinal)
    {
        "AwsV4Account.AccessKeyId",
        "KerberosAccount.KeyDistributionCenters",
        "OAuth2Account.KeyAccount",
        "OAuth2Account.KeyId",
        "OAuth2Account.SubjectTokenType",
    };

    public static TheoryData<string> Slugs => AccountSamples.Slugs;

    [Fact]
    public void AccountTypes_InTheAssembly_AreThoseOfTheList() =>
        AccountTypes.Select(static type => type.Name.Replace("Account", "", StringComparison.Ordinal))
            .Should().BeEquivalentTo(AccountType.All.Select(static type => AccountSamples.Minimal(type.Slug).GetType().Name.Replace("Account", "", StringComparison.Ordinal)));

    [Fact]
    public void AccountTypes_All_AreSealedPublicRecords() =>
        AccountTypes.Should().OnlyContain(static type => type.IsSealed && type.IsPublic && type.GetMethod("<Clone>$") != null);

    [Fact]
    public void Properties_All_AreInitOnly()
    {
        foreach (var property in AccountTypes.SelectMany(static type => type.GetProperties()).Where(static property => property.SetMethod is not null))
        {
            property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers()
                .Should().Contain(typeof(System.Runtime.CompilerServices.IsExternalInit), "{0}.{1} can otherwise be changed", property.DeclaringType!.Name, property.Name);
        }
    }

    [Fact]
    public void Properties_WhoseNamesSmellOfASecret_AreSecrets()
    {
        var suspects = AccountTypes.SelectMany(static type => type.GetProperties())
            .Where(static property => SmellsOfSecret().IsMatch(property.Name) && !property.PropertyType.IsEnum)
            .Where(static property => !NotSecret.Contains($"{property.DeclaringType!.Name}.{property.Name}"))
            .ToList();

        suspects.Should().HaveCountGreaterThan(14).And.OnlyContain(static property => property.PropertyType == typeof(Secret));
    }

    [Fact]
    public void Properties_All_AreOfTypesThatCompareByContent()
    {
        Type[] values = [typeof(string), typeof(int), typeof(bool), typeof(Secret), typeof(NameList), typeof(AllowedOrigins), typeof(DateTimeOffset?), typeof(AccountType)];

        AccountTypes.SelectMany(static type => type.GetProperties()).Should().OnlyContain(property => property.PropertyType.IsEnum || values.Contains(property.PropertyType));
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Inspect_OfATooLongValue_ReportsItInWhateverPropertyItStands(string slug)
    {
        foreach (var property in OwnProperties(slug))
        {
            // One more than the limit, and nothing that a format would refuse first.
            object? tooLong =
                property.PropertyType == typeof(string) ? new string('a', 10_001)
                : property.PropertyType == typeof(Secret) ? new Secret(new string('a', 10_001))
                : property.PropertyType == typeof(NameList) ? NameList.Create([new string('a', 5_000), new string('a', 5_000)])
                : null;
            if (tooLong is null)
            {
                continue;
            }

            var account = AccountSamples.Full(slug) with { };
            property.SetValue(account, tooLong);

            account.Inspected().Problems.Should().Contain(
                problem => problem.Field == property.Name && problem.Message.Contains("10,000"), "{0} of {1} has a limit", property.Name, slug);
        }
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Samples_Full_HaveNoPropertyAtItsDefault(string slug)
    {
        var account = AccountSamples.Full(slug);

        foreach (var property in account.GetType().GetProperties())
        {
            var value = property.GetValue(account);
            value.Should().NotBeNull("{0} is to be stored and read in tests", property.Name);
            value.Should().NotBe(property.PropertyType.IsEnum ? Enum.ToObject(property.PropertyType, 0) : "", "{0} is to be stored and read in tests", property.Name);
            (value as System.Collections.IEnumerable)?.GetEnumerator().MoveNext().Should().BeTrue();
        }
    }

    [Fact]
    public void Account_DerivedOutsideTheLibrary_DoesNotCompile()
    {
        const string Foreign = """
            public sealed record ForeignAccount : Digibee.Accounts.Account
            {
                [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
                public ForeignAccount(Digibee.Accounts.Account original) : base(original) { }
            }
            """;
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Foreign", [CSharpSyntaxTree.ParseText(Foreign, cancellationToken: TestContext.Current.CancellationToken)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

        var errors = compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();

        errors.Should().OnlyContain(static error => error.Id == "CS0534")
            .And.Contain(static error => error.GetMessage(CultureInfo.InvariantCulture).Contains("Account.TypeCore", StringComparison.Ordinal));
    }

    [GeneratedRegex("password|passphrase|secret|token|keytab|chain|key|headervalue|pin|credential", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SmellsOfSecret();

    private static IEnumerable<PropertyInfo> OwnProperties(string slug) =>
        AccountSamples.Minimal(slug).GetType().GetProperties().Where(static property => property.DeclaringType != typeof(Account) && property.SetMethod is not null);
}
