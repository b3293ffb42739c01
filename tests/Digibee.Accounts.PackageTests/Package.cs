using System.IO.Compression;
using System.Xml.Linq;

namespace Digibee.Accounts;

/// <summary>One package and its symbols, read whole, so that tests may share it.</summary>
public sealed class Package
{
    private Package(string id, IReadOnlyDictionary<string, byte[]> entries, IReadOnlyDictionary<string, byte[]> symbolEntries)
    {
        (Id, Entries, SymbolEntries) = (id, entries, symbolEntries);
        using var nuspec = new MemoryStream(entries[$"{id}.nuspec"]);
        Metadata = XDocument.Load(nuspec).Root!.Elements().Single();
    }

    public string Id { get; }

    /// <summary>Gets what the package holds, by path.</summary>
    public IReadOnlyDictionary<string, byte[]> Entries { get; }

    /// <summary>Gets what the package of symbols holds, by path.</summary>
    public IReadOnlyDictionary<string, byte[]> SymbolEntries { get; }

    /// <summary>Gets the <c>metadata</c> element of the nuspec.</summary>
    public XElement Metadata { get; }

    public byte[] Assembly => Entries[$"lib/net10.0/{Id}.dll"];

    public byte[] Pdb => SymbolEntries[$"lib/net10.0/{Id}.pdb"];

    public static Package Read(string folder, string id, string version) =>
        new(id, EntriesOf(Path.Combine(folder, $"{id}.{version}.nupkg")), EntriesOf(Path.Combine(folder, $"{id}.{version}.snupkg")));

    /// <summary>Gives the text of one element of the nuspec, or null when it is not there.</summary>
    public string? Text(string element) => Metadata.Element(Metadata.Name.Namespace + element)?.Value;

    private static Dictionary<string, byte[]> EntriesOf(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        return archive.Entries.ToDictionary(static entry => entry.FullName, Bytes, StringComparer.Ordinal);
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var bytes = new byte[entry.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
