namespace Digibee.Accounts;

/// <summary>The working copy these tests were built from.</summary>
public static class Repository
{
    private static readonly string[] Generated = ["bin", "obj", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>Gets the top folder, found by the solution file above the test program.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Gives the C# files below some folders, parsed.</summary>
    public static IReadOnlyList<SourceFile> SourcesOf(params ReadOnlySpan<string> folders)
    {
        var sources = new List<SourceFile>();
        foreach (var folder in folders)
        {
            sources.AddRange(Files(folder, "*.cs").Select(static path => new SourceFile(path, Read(path))));
        }

        sources.Should().NotBeEmpty("rules about no file at all hold always");
        return sources;
    }

    /// <summary>Gives the paths of the files below a folder, relative to the top and with slashes, without what a build puts there.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(static path => !path.Split('/').Intersect(Generated, StringComparer.Ordinal).Any())
            .Order(StringComparer.Ordinal);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Digibee.Accounts.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Digibee.Accounts.sln above {AppContext.BaseDirectory}: these tests read the sources and run inside the working copy only.");
    }
}
