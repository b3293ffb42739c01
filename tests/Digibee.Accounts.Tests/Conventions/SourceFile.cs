using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Digibee.Accounts;

/// <summary>One C# file, parsed. Its path is relative to the top of the repository.</summary>
public sealed class SourceFile(string path, string text)
{
    public string Path { get; } = path;

    public string Text { get; } = text;

    public CompilationUnitSyntax Root { get; } = CSharpSyntaxTree.ParseText(text, path: path).GetCompilationUnitRoot();

    /// <summary>Gets the file's name up to its first dot or brace: <c>Foo</c> for <c>Foo{T}.cs</c>.</summary>
    public string Subject => System.IO.Path.GetFileName(Path).Split('.', '{')[0];

    /// <summary>Gets the types declared directly in a namespace or the file.</summary>
    public IEnumerable<MemberDeclarationSyntax> TopLevelTypes => Root
        .DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<MemberDeclarationSyntax>()
        .Where(static member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    public IEnumerable<T> All<T>()
        where T : SyntaxNode => Root.DescendantNodes(descendIntoTrivia: true).OfType<T>();

    public IEnumerable<SyntaxTrivia> Comments => Root.DescendantTrivia(descendIntoTrivia: true)
        .Where(static trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia));

    /// <summary>Says where a node stands, for a person to click on.</summary>
    public string At(SyntaxNode node, string what) => At(node.GetLocation(), what);

    public string At(Location location, string what) => $"{Path}:{location.GetLineSpan().StartLinePosition.Line + 1}: {what}";

    public static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declaration => declaration.Identifier.Text,
        DelegateDeclarationSyntax declaration => declaration.Identifier.Text,
        _ => "",
    };
}
