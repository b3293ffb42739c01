using System.Xml.Linq;

namespace Digibee.Accounts;

/// <summary>What lies where in the repository, and what its build files do not say.</summary>
public sealed class RepositoryConventionTests
{
    private static readonly string[] TopLevel =
    [
        ".ci", ".editorconfig", ".gitignore", "CHANGELOG.md", "Digibee.Accounts.sln", "Directory.Build.props", "Directory.Packages.props", "LICENSE", "README.md", "SECURITY.md",
        "benchmarks", "docs", "eng", "global.json", "nuget.config", "samples", "src", "tests",
    ];

    // A project as a user has it, outside the solution: it cannot be restored before eng/pack.sh made the packages.
    private const string PackageConsumer = "samples/PackageConsumer/PackageConsumer.csproj";

    public static TheoryData<string> Projects => [.. Repository.Files("", "*.csproj").Where(static project => project != PackageConsumer)];

    public static TheoryData<string> Scripts => [.. Repository.Files("eng", "*.sh"), .. Repository.Files(".ci", "*")];

    [Fact]
    public void TopLevel_OfTheRepository_IsExactlyTheseNames()
    {
        var ignored = Repository.Read(".gitignore").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static line => line.TrimEnd('/')).ToArray();

        var names = Directory.EnumerateFileSystemEntries(Repository.Root).Select(static entry => Path.GetFileName(entry)).Where(name => name != ".git" && !ignored.Contains(name));

        names.Should().BeEquivalentTo(TopLevel);
    }

    [Fact]
    public void NugetConfig_OfTheRepository_NamesNoSource()
    {
        var configuration = XDocument.Parse(Repository.Read("nuget.config"));

        configuration.Root!.Elements().Should().BeEmpty("restores use what the machine is set up with");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_OfTheRepository_IsInTheSolutionAndHasItsLockFile(string project)
    {
        Repository.Read("Digibee.Accounts.sln").Replace('\\', '/').Should().Contain($"\"{project}\"");
        File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, "packages.lock.json")).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_OfTheRepository_LeavesVersionsAndSourcesToTheTopLevel(string project)
    {
        var properties = XDocument.Parse(Repository.Read(project)).Descendants().ToArray();

        properties.Where(static element => element.Name.LocalName == "PackageReference" && element.Attribute("Version") is not null).Should().BeEmpty();
        properties.Where(static element => element.Name.LocalName is "RestoreSources" or "RestoreAdditionalProjectSources" or "TargetFramework" or "TreatWarningsAsErrors").Should().BeEmpty();
    }

    [Fact]
    public void CustomStore_OfTheSamples_IsWrittenInAnAfternoon() =>
        Repository.Read("samples/CustomStore/FileAccountStore.cs").Split('\n').Length.Should().BeLessThan(150, "the contract promises that a store is small");

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_OfTheRepository_StopsAtTheFirstError(string script) => Repository.Read(script).Should().StartWith("#!/usr/bin/env bash\n").And.Contain("\nset -euo pipefail\n");

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_OfTheRepository_IsExecutable(string script)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such mode.");
            return;
        }

        File.GetUnixFileMode(Path.Combine(Repository.Root, script)).Should().HaveFlag(UnixFileMode.UserExecute);
    }

    [Fact]
    public void TextFiles_OfTheRepository_EndTheirLinesWithLineFeeds() =>
        new[] { "*.cs", "*.csproj", "*.props", "*.md", "*.sh", "*.json", "*.config" }.SelectMany(static pattern => Repository.Files("", pattern))
            .Where(static path => Repository.Read(path).Contains('\r', StringComparison.Ordinal)).Should().BeEmpty();
}
