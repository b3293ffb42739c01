using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Digibee.Accounts;

/// <summary>How tests are named, and what makes them fail now and then.</summary>
internal static class TestRules
{
    public static IReadOnlyList<SourceRule> All { get; } =
    [
        new("tests are named Method_Circumstance_Outcome", ["tests"], Names, "tests/FooTests.cs", "class FooTests { [Fact] public void Works() { } }"),
        new("tests wait for signals, not for time", ["tests"], NoSleep, "tests/FooTests.cs", "class FooTests { void M() { Thread.Sleep(100); } }"),
        new("a skipped test says why", ["tests"], SkipsHaveReasons, "tests/FooTests.cs", "class FooTests { [Fact(Skip = \"\")] public void A_B_C() { } }"),
        new("test classes end in Tests and are sealed", ["tests"], Classes, "tests/Foo.cs", "public sealed class Foo { [Fact] public void A_B_C() { } }"),
    ];

    private static IEnumerable<string> Names(SourceFile file) =>
        from method in Tests(file)
        where method.Identifier.Text.Split('_') is not { Length: >= 3 }
        select file.At(method, method.Identifier.Text);

    // A pause between two looks stands in a loop; one whose length is the point of the test says so on its line.
    private static IEnumerable<string> NoSleep(SourceFile file) =>
        from call in file.All<InvocationExpressionSyntax>()
        where call.Expression.ToString() is "Thread.Sleep" or "Task.Delay"
            && !call.ArgumentList.ToString().Contains("imeout.Infinite", StringComparison.Ordinal)
            && !call.Ancestors().Any(static node => node is ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
            && !LineOf(file, call).Contains("// ", StringComparison.Ordinal)
        select file.At(call, $"{call}: flaky on a busy machine");

    private static IEnumerable<string> SkipsHaveReasons(SourceFile file) =>
        from argument in file.All<AttributeArgumentSyntax>()
        where argument.NameEquals?.Name.Identifier.Text == "Skip" && argument.Expression is LiteralExpressionSyntax { Token.ValueText.Length: < 10 }
        select file.At(argument, "why?");

    private static IEnumerable<string> Classes(SourceFile file) =>
        from type in Tests(file).Select(static test => test.FirstAncestorOrSelf<ClassDeclarationSyntax>()!).Distinct()
        where !type.Identifier.Text.EndsWith("Tests", StringComparison.Ordinal) || !(type.Modifiers.Any(SyntaxKind.SealedKeyword) || type.Modifiers.Any(SyntaxKind.AbstractKeyword))
        select file.At(type, type.Identifier.Text);

    private static IEnumerable<MethodDeclarationSyntax> Tests(SourceFile file) =>
        from method in file.All<MethodDeclarationSyntax>()
        where method.AttributeLists.SelectMany(static list => list.Attributes).Any(static attribute => attribute.Name.ToString() is "Fact" or "Theory")
        select method;

    private static string LineOf(SourceFile file, InvocationExpressionSyntax call) =>
        file.Root.SyntaxTree.GetText().Lines[call.GetLocation().GetLineSpan().StartLinePosition.Line].ToString();
}
