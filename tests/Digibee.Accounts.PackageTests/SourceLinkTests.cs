using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>The address of the sources is what a publisher says, never what a clone knows: the build files of <c>src/</c>, around a project and a repository made up here.</summary>
public sealed class SourceLinkTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly DirectoryInfo _tree = Directory.CreateTempSubdirectory("source-link-");

    public void Dispose() => _tree.Delete(recursive: true);

    [Fact]
    public async Task SourceLink_WithARepositoryUrl_PointsToTheCommitThere()
    {
        MakeClone();

        var link = await LinkAsync("-p:RepositoryUrl=https://github.com/example/accounts");

        link.Should().Be($$$"""{"documents":{"/_/*":"https://raw.githubusercontent.com/example/accounts/{{{Commit}}}/*"}}""");
    }

    [Fact]
    public async Task SourceLink_WithTheClonesRemoteAlone_IsLeftOut()
    {
        MakeClone();

        var link = await LinkAsync();

        link.Should().BeNull();
    }

    [Fact]
    public async Task SourceRoot_OfSourcesFromAnArchive_HasTheNameThatAClonesHas()
    {
        MakeSources();
        File.WriteAllText(InTree("src", "Sample", "obj", "Sample.csproj.nuget.g.props"), """<Project><ItemGroup><SourceRoot Include="/where/packages/are/" /></ItemGroup></Project>""");

        var output = await DotnetCommand.RunAsync(InTree("src", "Sample"), "msbuild", "-t:InitializeSourceRootMappedPaths", "-p:Configuration=Release", "-getItem:SourceRoot");

        using var items = JsonDocument.Parse(output);
        var roots = items.RootElement.GetProperty("Items").GetProperty("SourceRoot").EnumerateArray()
            .Select(static root => (root.GetProperty("Identity").GetString(), root.GetProperty("MappedPath").GetString()));
        roots.Should().BeEquivalentTo([(_tree.FullName + Path.DirectorySeparatorChar, "/_/"), ("/where/packages/are/", "/_1/")]);
    }

    private void MakeSources()
    {
        Directory.CreateDirectory(InTree("src", "Sample", "obj"));
        File.Copy(Repository.PathOf("Directory.Build.props"), InTree("Directory.Build.props"));
        File.Copy(Repository.PathOf("src", "Directory.Build.props"), InTree("src", "Directory.Build.props"));
        File.Copy(Repository.PathOf("src", "Directory.Build.targets"), InTree("src", "Directory.Build.targets"));
        File.WriteAllText(InTree("src", "Sample", "Sample.csproj"), """<Project Sdk="Microsoft.NET.Sdk" />""");
    }

    private void MakeClone()
    {
        MakeSources();
        Directory.CreateDirectory(InTree(".git", "objects"));
        Directory.CreateDirectory(InTree(".git", "refs"));
        File.WriteAllText(InTree(".git", "HEAD"), Commit + "\n");
        File.WriteAllText(InTree(".git", "config"), """
            [core]
                repositoryformatversion = 0
            [remote "origin"]
                url = https://gitlab.com/internal/accounts.git
            """);
    }

    // As on a build server, where the machine's own git settings do not count.
    private async Task<string?> LinkAsync(params string[] options)
    {
        await DotnetCommand.RunAsync(
            InTree("src", "Sample"),
            ["msbuild", "-nologo", "-v:q", "-t:GenerateSourceLinkFile", "-p:Configuration=Release", "-p:ContinuousIntegrationBuild=true", "-p:IntermediateOutputPath=obj/", .. options]);

        var file = InTree("src", "Sample", "obj", "Sample.sourcelink.json");
        return File.Exists(file) ? await File.ReadAllTextAsync(file) : null;
    }

    private string InTree(params ReadOnlySpan<string> parts) => Path.Combine([_tree.FullName, .. parts]);
}
