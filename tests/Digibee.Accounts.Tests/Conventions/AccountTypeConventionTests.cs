using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>What holds for each of the fourteen account types.</summary>
public sealed class AccountTypeConventionTests
{
    private static readonly Assembly Core = typeof(Account).Assembly;

    public static TheoryData<Type> Records => [.. AccountRecords.All];

    public static TheoryData<Type> Authenticators => [.. Core.GetTypes().Where(static type => type is { IsInterface: false, IsAbstract: false } && AccountOf(type) is not null)];

    [Fact]
    public void Records_OfTheLibrary_AreAsManyAsAccountTypes() => AccountRecords.All.Should().HaveCount(AccountType.All.Count);

    [Theory]
    [MemberData(nameof(Records))]
    public void Record_OfEachType_IsSealedAndDerivesFromAccountItself(Type record)
    {
        record.IsSealed.Should().BeTrue();
        record.BaseType.Should().Be<Account>();
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Record_OfEachType_HasItsFolder(Type record)
    {
        var folder = record.Name[..^nameof(Account).Length];

        File.Exists(Path.Combine(Repository.Root, "src/Digibee.Accounts/AccountTypes", folder, $"{record.Name}.cs")).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Record_OfEachType_HasItsTests(Type record) =>
        typeof(AccountTypeConventionTests).Assembly.GetType($"Digibee.Accounts.{record.Name}Tests").Should().NotBeNull();

    [Fact]
    public void Folders_OfAccountTypes_AreTheTypesAndNothingElse() =>
        Directory.GetDirectories(Path.Combine(Repository.Root, "src/Digibee.Accounts/AccountTypes")).Select(Path.GetFileName).Should().BeEquivalentTo(AccountRecords.Folders);

    [Theory]
    [MemberData(nameof(Authenticators))]
    public void Authenticator_OfEachType_IsInternalSealedAndInItsAccountsFolder(Type authenticator)
    {
        var folder = AccountOf(authenticator)!.Name[..^nameof(Account).Length];

        authenticator.IsSealed.Should().BeTrue();
        authenticator.IsNotPublic.Should().BeTrue();
        File.Exists(Path.Combine(Repository.Root, "src/Digibee.Accounts/AccountTypes", folder, $"{authenticator.Name}.cs")).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Authenticators))]
    public void Authenticator_OfEachType_KeepsNothingButServicesItIsGiven(Type authenticator)
    {
        var services = authenticator.GetConstructors().Single().GetParameters().Select(static parameter => parameter.ParameterType).ToArray();

        var fields = authenticator.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

        // The captured parameter of a primary constructor is a field that is compiler-made and not readonly.
        fields.Where(field => !services.Contains(field.FieldType) || !(field.IsInitOnly || field.IsDefined(typeof(CompilerGeneratedAttribute)))).Should().BeEmpty();
        services.Should().NotContain(static type => type.IsSubclassOf(typeof(Account)) || type == typeof(Account) || type == typeof(OpenedAccount) || type == typeof(Secret));
    }

    [Fact]
    public void Authenticators_OfTheLibrary_AreAllRegistered()
    {
        using var provider = new ServiceCollection().AddDigibeeAccounts(static options => options.Environment = "test")
            .UseInMemoryStore().UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText())).Services.BuildServiceProvider();

        var registered = provider.GetServices<AccountTypeHandler>().Select(static handler => handler.AccountClrType);

        registered.Should().BeEquivalentTo(Authenticators.Select(static row => AccountOf(row.Data)));
    }

    [Fact]
    public void Registrations_OfAccountTypes_StandInAlphabeticalOrder()
    {
        var lines = Repository.Read("src/Digibee.Accounts/DependencyInjection/DigibeeAccountsServiceCollectionExtensions.cs")
            .Split('\n').Where(static line => line.Contains("AddAccountType<", StringComparison.Ordinal)).ToArray();

        lines.Should().HaveCountGreaterThan(1).And.BeInAscendingOrder(StringComparer.Ordinal);
    }

    private static Type? AccountOf(Type type) => type.GetInterfaces()
        .FirstOrDefault(static face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IAccountAuthenticator<>))?.GetGenericArguments()[0];
}
