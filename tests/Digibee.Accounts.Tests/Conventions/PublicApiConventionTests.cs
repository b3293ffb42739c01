using System.Reflection;

namespace Digibee.Accounts;

/// <summary>What holds for everything a caller can see.</summary>
public sealed class PublicApiConventionTests
{
    private static readonly Type[] PublicTypes =
        [.. new[] { typeof(Account).Assembly, typeof(SqliteStoreOptions).Assembly, typeof(AwsAccountVaultExtensions).Assembly, typeof(AccountMailOptions).Assembly, Assembly.Load("Digibee.Accounts.Testing") }.SelectMany(static assembly => assembly.GetExportedTypes())];

    // Words that a string by this name would hold a secret.
    private static readonly string[] SecretWords = ["password", "passphrase", "secret", "token", "keytab", "privatekey", "credential", "apikey"];

    // What a word finds and is none, or must be text: each with its reason.
    private static readonly string[] NoSecrets =
    [
        "Secret.Reveal",                   // the way out
        "KeyRing.NewKeyText",              // made for a person to put where keys are kept
        "KeyRing.Parse(keyTexts)",         // what that person put there
        "AwsV4Account.AccessKeyId",        // an identifier
        "OAuth2Account.SubjectTokenType",  // a URN
    ];

    [Fact]
    public void PublicMembers_NamedLikeASecret_AreNoStrings()
    {
        var strings =
            from type in PublicTypes
            from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            from name in StringsOf(type, member)
            let last = name.Split('.', '(')[^1].TrimEnd(')')
            where SecretWords.Any(word => last.Contains(word, StringComparison.OrdinalIgnoreCase)) && !NoSecrets.Contains(name)
            select name;

        strings.Should().BeEmpty();
    }

    [Fact]
    public void Classes_OfTheApi_AreSealedAbstractOrStatic() =>
        PublicTypes.Where(static type => type.IsClass && !type.IsSealed && !type.IsAbstract).Should().BeEmpty();

    [Fact]
    public void Exceptions_OfTheCore_DeriveFromAccountException() =>
        typeof(Account).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Exception))).Should().OnlyContain(static type => type.IsAssignableTo(typeof(AccountException)));

    [Fact]
    public void Methods_ThatAreAsynchronous_EndInAsyncAndTakeTheTokenLast()
    {
        var wrong =
            from type in PublicTypes
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where IsAsynchronous(method.ReturnType) && method.Name != nameof(IAsyncDisposable.DisposeAsync)
            where !method.Name.EndsWith("Async", StringComparison.Ordinal) || method.GetParameters() is not [.., { ParameterType: var last }] || last != typeof(CancellationToken)
            select $"{type.Name}.{method.Name}";

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Methods_NamedAsync_AreAsynchronous() =>
        PublicTypes.SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(static method => method.Name.EndsWith("Async", StringComparison.Ordinal)).Should().OnlyContain(static method => IsAsynchronous(method.ReturnType));

    [Fact]
    public void Fields_OfTheApi_AreConstantsOrEnumMembers() =>
        PublicTypes.Where(static type => !type.IsEnum).SelectMany(static type => type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(static field => !field.IsLiteral).Should().BeEmpty();

    private static IEnumerable<string> StringsOf(Type type, MemberInfo member) => member switch
    {
        PropertyInfo property when property.PropertyType == typeof(string) => [$"{type.Name}.{property.Name}"],
        FieldInfo field when field.FieldType == typeof(string) => [$"{type.Name}.{field.Name}"],
        MethodInfo { IsSpecialName: true } => [],
        MethodInfo method =>
        [
            .. method.ReturnType == typeof(string) ? [$"{type.Name}.{method.Name}"] : Array.Empty<string>(),
            .. ParametersOf($"{type.Name}.{method.Name}", method),
        ],
        ConstructorInfo constructor => ParametersOf($"{type.Name}.new", constructor),
        _ => [],
    };

    private static IEnumerable<string> ParametersOf(string owner, MethodBase method) =>
        from parameter in method.GetParameters()
        where parameter.ParameterType == typeof(string)
        select $"{owner}({parameter.Name})";

    private static bool IsAsynchronous(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return definition == typeof(Task) || definition == typeof(Task<>) || definition == typeof(ValueTask) || definition == typeof(ValueTask<>) || definition == typeof(IAsyncEnumerable<>);
    }
}
