using System.Xml.Linq;

namespace Digibee.Accounts;

/// <summary>The working copy the packages are made from, and what its build files say they must be.</summary>
internal static class Repository
{
    /// <summary>Gets the top folder, found by the solution file above the test program.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Gets the projects that become packages.</summary>
    public static IReadOnlyList<string> PackageIds { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static string Version { get; } = Xml("Directory.Build.props").Descendants("Version").Single().Value;

    /// <summary>Gets the version of each foreign package, as Directory.Packages.props has it.</summary>
    public static IReadOnlyDictionary<string, string> Floors { get; } = Xml("Directory.Packages.props").Descendants("PackageVersion")
        .ToDictionary(static element => element.Attribute("Include")!.Value, static element => element.Attribute("Version")!.Value, StringComparer.Ordinal);

    public static bool HasGit => Path.Exists(Path.Combine(Root, ".git"));

    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    public static XDocument Xml(params ReadOnlySpan<string> parts) => XDocument.Load(PathOf(parts));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Digibee.Accounts.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Digibee.Accounts.sln above {AppContext.BaseDirectory}: these tests pack the working copy they were built from.");
    }
}
