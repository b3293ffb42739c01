using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Digibee.Accounts;

/// <summary>What stands in which file.</summary>
internal static class LayoutRules
{
    private const int MostLines = 250;
    private const string Types = "src/Digibee.Accounts/AccountTypes/";

    private static readonly string[] Everywhere = ["src", "tests", "benchmarks", "samples"];
    private static readonly string[] Vague = ["Helper", "Helpers", "Util", "Utils", "Utility", "Manager", "Constants"];

    public static IReadOnlyList<SourceRule> All { get; } =
    [
        new("one top-level type a file, named after it", ["src"], OneTypeAFile, "src/Foo.cs", "namespace Digibee.Accounts; class Foo; class Bar;"),
        new("no file longer than 250 lines", ["src"], ShortFile, "src/Foo.cs", new string('\n', MostLines + 1)),
        new("no vague type names", Everywhere, NoVagueName, "src/FooHelper.cs", "class FooHelper;"),
        new("every type in the one namespace", ["src"], OneNamespace, "src/Foo.cs", "namespace Digibee.Accounts.Http; class Foo;"),
        new("account types do not reference each other", ["src/Digibee.Accounts/AccountTypes"], TypesApart, $"{Types}Basic/BasicFoo.cs", "class BasicFoo { KerberosAccount? _other; }"),
        new("files of an account type begin with its name", ["src/Digibee.Accounts/AccountTypes"], TypePrefix, $"{Types}Basic/Header.cs", "class Header;"),
        new("no regions", Everywhere, NoRegion, "src/Foo.cs", "#region Foo\nclass Foo;\n#endregion"),
    ];

    private static IEnumerable<string> OneTypeAFile(SourceFile file)
    {
        var names = file.TopLevelTypes.Select(SourceFile.NameOf).ToArray();
        if (names.Length != 1 || names[0] != file.Subject)
        {
            yield return $"{file.Path}: it declares {string.Join(", ", names)}";
        }
    }

    private static IEnumerable<string> ShortFile(SourceFile file)
    {
        var lines = file.Text.AsSpan().TrimEnd('\n').Count('\n') + 1;
        if (file.Text.AsSpan().Count('\n') > MostLines)
        {
            yield return $"{file.Path}: {lines} lines; split it by step";
        }
    }

    private static IEnumerable<string> NoVagueName(SourceFile file) =>
        from type in file.All<BaseTypeDeclarationSyntax>()
        where Vague.Any(ending => type.Identifier.Text.EndsWith(ending, StringComparison.Ordinal))
        select file.At(type, $"{type.Identifier.Text} says nothing about what it does");

    private static IEnumerable<string> OneNamespace(SourceFile file) =>
        from declaration in file.All<BaseNamespaceDeclarationSyntax>()
        let name = declaration.Name.ToString()
        where name != "Digibee.Accounts" && (name != "Microsoft.Extensions.DependencyInjection" || !file.Path.Contains("/DependencyInjection/", StringComparison.Ordinal))
        select file.At(declaration, $"namespace {name}");

    private static IEnumerable<string> TypesApart(SourceFile file)
    {
        if (FolderOf(file) is not { } own)
        {
            return [];
        }

        return
            from name in file.All<SimpleNameSyntax>()
            let other = AccountRecords.Folders.FirstOrDefault(folder => folder != own && BelongsTo(name.Identifier.Text, folder) && !BelongsTo(name.Identifier.Text, own))
            where other is not null && name.Parent is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: nameof(AccountType) } }
            select file.At(name, $"{name.Identifier.Text} belongs to {other}; what two types need moves up");
    }

    private static IEnumerable<string> TypePrefix(SourceFile file)
    {
        if (FolderOf(file) is { } folder && !file.Subject.StartsWith(folder, StringComparison.Ordinal) && !file.Subject.StartsWith($"I{folder}", StringComparison.Ordinal))
        {
            yield return $"{file.Path}: searching for {folder} does not find it";
        }
    }

    private static IEnumerable<string> NoRegion(SourceFile file) =>
        from region in file.All<RegionDirectiveTriviaSyntax>()
        select file.At(region, "a region hides what should be a file of its own");

    private static string? FolderOf(SourceFile file) =>
        file.Path.StartsWith(Types, StringComparison.Ordinal) && file.Path[Types.Length..].Split('/') is { Length: > 1 } parts ? parts[0] : null;

    // Types of ours only: Kerberos is also a word, and BasicConstraints a type of the framework.
    private static bool BelongsTo(string identifier, string folder) =>
        identifier.StartsWith(folder, StringComparison.Ordinal) && typeof(Account).Assembly.GetType($"Digibee.Accounts.{identifier}") is not null;
}
