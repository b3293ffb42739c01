using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Digibee.Accounts;

/// <summary>What lies in a package, and what does not.</summary>
public sealed partial class PackageContentTests(PackedPackages packages)
{
    // Written by NuGet itself; the name of the last one may be a random one.
    private static readonly string[] Container = ["_rels/.rels", "[Content_Types].xml", "package/services/metadata/core-properties/*.psmdcp"];

    public static TheoryData<string> Ids => [.. Repository.PackageIds];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Entries_OfEachPackage_AreTheLibraryForNet10AndItsPapers(string id)
    {
        var package = packages.Of(id);

        package.Entries.Keys.Select(Anonymous).Should().BeEquivalentTo([.. Container, $"{id}.nuspec", "README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"]);
        package.SymbolEntries.Keys.Select(Anonymous).Should().BeEquivalentTo([.. Container, $"{id}.nuspec", $"lib/net10.0/{id}.pdb"]);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Readme_OfEachPackage_IsTheProjectsOwnAndReadsWithoutTheRepository(string id)
    {
        var readme = packages.Of(id).Entries["README.md"];

        readme.Should().Equal(File.ReadAllBytes(Repository.PathOf("src", id, "README.md")));
        var text = Encoding.UTF8.GetString(readme);
        text.Should().StartWith($"# {id}\n").And.Contain("```csharp\n");
        Link().Matches(text).Select(static match => match.Groups["target"].Value).Where(static target => !target.StartsWith("https://", StringComparison.Ordinal))
            .Should().BeEmpty("a gallery does not resolve a link into the repository");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Icon_OfEachPackage_IsASmallSquarePng(string id)
    {
        var icon = packages.Of(id).Entries["icon.png"];

        icon.Should().HaveCountLessThan(10_240);
        icon[..16].Should().Equal([0x89, .. "PNG\r\n\x1A\n"u8, 0, 0, 0, 13, .. "IHDR"u8]);
        BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)).Should().Be(128);
        BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)).Should().Be(128);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Documentation_OfEachPackage_HasASummaryForEachPublicType(string id)
    {
        var package = packages.Of(id);
        using var stream = new MemoryStream(package.Entries[$"lib/net10.0/{id}.xml"]);
        var described = XDocument.Load(stream).Descendants("member")
            .Where(static member => member.Elements("summary").Any(static summary => !string.IsNullOrWhiteSpace(summary.Value) || summary.HasElements))
            .Select(static member => member.Attribute("name")!.Value);

        var types = PublicTypes(package.Assembly);

        types.Should().NotBeEmpty();
        types.Except(described, StringComparer.Ordinal).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Bytes_OfEachPackage_NameNoFolderOfThisMachine(string id)
    {
        var package = packages.Of(id);
        string[] folders = [Repository.Root, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Path.TrimEndingDirectorySeparator(Path.GetTempPath())];

        foreach (var (name, bytes) in package.Entries.Concat(package.SymbolEntries))
        {
            folders.Where(static folder => folder.Length > 1).Where(folder => Holds(bytes, folder + Path.DirectorySeparatorChar)).Should().BeEmpty("{0} is published", name);
        }
    }

    private static string Anonymous(string entry) => entry.EndsWith(".psmdcp", StringComparison.Ordinal) ? $"{entry[..entry.LastIndexOf('/')]}/*.psmdcp" : entry;

    private static bool Holds(byte[] bytes, string text) =>
        bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;

    private static List<string> PublicTypes(byte[] assembly)
    {
        using var image = new PEReader(new MemoryStream(assembly));
        var metadata = image.GetMetadataReader();
        return [.. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(static type => (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
            .Select(type => $"T:{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")];
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
