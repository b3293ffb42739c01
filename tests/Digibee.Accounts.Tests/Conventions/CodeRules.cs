using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Digibee.Accounts;

/// <summary>What is not left in code.</summary>
internal static class CodeRules
{
    private static readonly string[] Everywhere = ["src", "tests", "benchmarks", "samples"];

    // Spelled apart, so that this file keeps its own rule.
    private static readonly string[] Marks = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "X" + "XX"];
    private static readonly string Unfinished = "Not" + "ImplementedException";

    public static IReadOnlyList<SourceRule> All { get; } =
    [
        new("every suppressed warning says why on its line", Everywhere, SuppressionsHaveReasons, "src/Foo.cs", "#pragma warning disable CA1000\nclass Foo;"),
        new("every suppression attribute says why", Everywhere, AttributesHaveReasons, "src/Foo.cs", "[SuppressMessage(\"Usage\", \"CA1000\")] class Foo;"),
        new("nothing is left to do", Everywhere, NothingToDo, "src/Foo.cs", $"// {Marks[0]}: all of it\nclass Foo;"),
        new("nothing is not implemented", Everywhere, NothingUnfinished, "src/Foo.cs", $"class Foo {{ void M() => throw new {Unfinished}(); }}"),
        new("no code in comments", Everywhere, NoCodeInComments, "src/Foo.cs", "// var x = Compute();\nclass Foo;"),
    ];

    private static IEnumerable<string> SuppressionsHaveReasons(SourceFile file) =>
        from pragma in file.All<PragmaWarningDirectiveTriviaSyntax>()
        where pragma.DisableOrRestoreKeyword.Text == "disable" && !pragma.ToFullString().Contains("// ", StringComparison.Ordinal)
        select file.At(pragma, "why?");

    private static IEnumerable<string> AttributesHaveReasons(SourceFile file) =>
        from attribute in file.All<AttributeSyntax>()
        where attribute.Name.ToString() is "SuppressMessage" or "UnconditionalSuppressMessage"
            && !(attribute.ArgumentList?.Arguments.Any(static argument => argument.NameEquals?.Name.Identifier.Text == "Justification") ?? false)
        select file.At(attribute, "why?");

    private static IEnumerable<string> NothingToDo(SourceFile file) =>
        from comment in file.Comments
        where Marks.Any(mark => comment.ToString().Contains(mark, StringComparison.Ordinal))
        select file.At(comment.GetLocation(), comment.ToString());

    private static IEnumerable<string> NothingUnfinished(SourceFile file) =>
        from name in file.All<SimpleNameSyntax>()
        where name.Identifier.Text == Unfinished
        select file.At(name, "not implemented");

    private static IEnumerable<string> NoCodeInComments(SourceFile file) =>
        from comment in file.Comments
        let text = comment.ToString()
        where text is "// {" or "// }" || (text.EndsWith(';') && text.AsSpan().ContainsAny('=', '('))
        select file.At(comment.GetLocation(), comment.ToString());
}
