using System.Reflection;

[assembly: AssemblyFixture(typeof(Digibee.Accounts.PackedPackages))]

namespace Digibee.Accounts;

/// <summary>Packs <c>src/</c> once for all tests, into a folder of its own, and reads the packages.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly Dictionary<string, Package> _packages = new(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        var folder = Repository.PathOf("artifacts", "package-tests");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        // What is published is a Release build. A Release run of these tests has it; a Debug run, from an editor, makes it.
        var isBuilt = typeof(PackedPackages).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration == "Release";
        string[] build = isBuilt ? ["--no-build"] : ["-p:UseSharedCompilation=false"];
        await DotnetCommand.RunAsync(Repository.Root, ["pack", "Digibee.Accounts.sln", "-c", "Release", "-o", folder, "-v", "q", "--nologo", .. build]);

        foreach (var id in Repository.PackageIds)
        {
            _packages.Add(id, Package.Read(folder, id, Repository.Version));
        }

        Directory.GetFiles(folder).Should().HaveCount(2 * _packages.Count, "each project of src gives a package and its symbols, and nothing else is packed");
    }

    public Package Of(string id) => _packages[id];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
