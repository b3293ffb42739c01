namespace Digibee.Accounts;

/// <summary>What README.md and the pages of docs/ say is true as far as a compiler and a file system can tell.</summary>
public sealed class DocumentationTests
{
    // Languages of blocks that nobody compiles. A block without a language, or with a misspelt one, would slip through: there is none.
    private static readonly string[] NotCode = ["bash", "sh", "text", "json"];

    public static TheoryData<string> Blocks => [.. MarkdownFile.All.SelectMany(static file => file.Blocks).Where(static block => block.Language == "csharp").Select(static block => block.ToString())];

    public static TheoryData<string> Files => [.. MarkdownFile.All.Select(static file => file.Path)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Block_InCSharp_Compiles(string place)
    {
        var block = MarkdownFile.All.SelectMany(static file => file.Blocks).Single(block => block.ToString() == place);

        CodeBlockCompiler.Compile(block).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Block_OfEachFile_NamesALanguageThatIsKnown(string path) =>
        MarkdownFile.All.Single(file => file.Path == path).Blocks.Where(static block => block.Language != "csharp" && !NotCode.Contains(block.Language)).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Files))]
    public void Link_OfEachFile_LeadsToAFileAndHeadingThatExist(string path)
    {
        var file = MarkdownFile.All.Single(file => file.Path == path);

        file.Links.Where(link => !Leads(file, link)).Should().BeEmpty();
    }

    [Fact]
    public void Readme_OfTheRepository_HasCodeAndEveryAccountType()
    {
        var readme = MarkdownFile.All.Single(static file => file.Path == "README.md");

        readme.Blocks.Should().Contain(static block => block.Language == "csharp");
        AccountType.All.Select(static type => $"| {type.DisplayName} |").Where(row => !readme.Prose.Contains(row, StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("var x = new BasicAccount();", "README.md:11: CS9035")]
    [InlineData("\nvar name = client.BaseAddress.Host;", "README.md:12: CS8602")]
    [InlineData("class Foo\n{\n    IAccountStore M() => new NoSuchStore();\n}", "README.md:13: CS0246")]
    public void Compile_OfABlockThatIsWrong_TellsFileAndLine(string text, string expected)
    {
        var problems = CodeBlockCompiler.Compile(new CodeBlock("README.md", 11, "csharp", text));

        problems.Should().Contain(problem => problem.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void MarkdownFile_WithBlocksOfAllKinds_FindsThem()
    {
        var file = new MarkdownFile("x.md", "# A title: with `code`\n```csharp\none\n```\ntext [link](docs/x.md#a)\n  ~~~~\n```\n~~~~\n````cs title\n```\n````\n");

        file.Blocks.Should().Equal(new CodeBlock("x.md", 3, "csharp", "one"), new CodeBlock("x.md", 7, "", "```"), new CodeBlock("x.md", 10, "cs", "```"));
        file.Links.Should().Equal("docs/x.md#a");
        file.Anchors.Should().Equal("a-title-with-code");
    }

    [Fact]
    public void MarkdownFile_WithABlockThatDoesNotEnd_IsRefused()
    {
        var read = static () => new MarkdownFile("x.md", "text\n```csharp\none");

        read.Should().Throw<InvalidDataException>().WithMessage("x.md:2:*");
    }

    private static bool Leads(MarkdownFile from, string link)
    {
        var parts = link.Split('#', 2);
        var path = parts[0].Length == 0 ? from.Path : Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(from.Path)!, parts[0]))).Replace('\\', '/');
        if (parts.Length == 1)
        {
            return Path.Exists(Path.Combine(Repository.Root, path));
        }

        return MarkdownFile.All.FirstOrDefault(file => file.Path == path)?.Anchors.Contains(parts[1], StringComparer.Ordinal) ?? false;
    }
}
