using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Digibee.Accounts;

/// <summary>Compiles a C# block of the documentation as the program that its reader would paste it into.</summary>
public static class CodeBlockCompiler
{
    // A new project has these without writing them (ImplicitUsings), and whoever reads our pages has the two of ours.
    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Digibee.Accounts;
        global using Microsoft.Extensions.DependencyInjection;
        global using static Prelude;
        """;

    // What a block may use without declaring it: the things a page has just talked about. docs/testing.md lists them; a block that declares its own hides these.
    private const string Prelude =
        """
        internal static class Prelude
        {
            internal static IServiceCollection services = null!;
            internal static IDigibeeAccountsBuilder accountsBuilder = null!;
            internal static DigibeeAccounts accounts = null!;
            internal static IAccountVault vault = null!;
            internal static IAccountStore store = null!;
            internal static HttpClient client = null!;
            internal static HttpRequestMessage request = null!;
            internal static HttpResponseMessage response = null!;
            internal static Microsoft.Extensions.Configuration.IConfiguration configuration = null!;
            internal static Stream input = null!;
            internal static Stream output = null!;
            internal static byte[] netrc = null!;
            internal static CancellationToken cancellationToken = default;
        }
        """;

    // Unused variables and functions are what examples are made of; the other two are about how assemblies of the host were compiled.
    private static readonly Dictionary<string, ReportDiagnostic> Ignored = new(StringComparer.Ordinal)
    {
        ["CS0168"] = ReportDiagnostic.Suppress,
        ["CS0219"] = ReportDiagnostic.Suppress,
        ["CS8321"] = ReportDiagnostic.Suppress,
        ["CS1701"] = ReportDiagnostic.Suppress,
        ["CS1702"] = ReportDiagnostic.Suppress,
    };

    // Everything this test program can use: the framework, ASP.NET Core, the packages, the library.
    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path))];

    /// <summary>Gives what the compiler says, as <c>file:line: message</c>. Warnings count: whoever pastes the block may have made them errors.</summary>
    public static IReadOnlyList<string> Compile(CodeBlock block)
    {
        var tree = Parse(block.Text);
        var isProgram = tree.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();
        var options = new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary)
            .WithNullableContextOptions(NullableContextOptions.Enable)
            .WithGeneralDiagnosticOption(ReportDiagnostic.Error)
            .WithSpecificDiagnosticOptions(Ignored);

        var compilation = CSharpCompilation.Create("Documentation", [tree, Parse(Usings), Parse(Prelude)], References, options);

        return
        [
            .. from diagnostic in compilation.GetDiagnostics()
               where diagnostic.Severity == DiagnosticSeverity.Error
               let line = diagnostic.Location.SourceTree == tree ? block.Line + diagnostic.Location.GetLineSpan().StartLinePosition.Line : block.Line
               select $"{block.File}:{line}: {diagnostic.Id} {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}",
        ];
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text);
}
