using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Digibee.Accounts;

/// <summary>With the symbols a debugger shows the sources, wherever the package was built.</summary>
public sealed class SymbolTests(PackedPackages packages)
{
    // Both from the specification of portable PDB: docs/specs/PortablePdb-Metadata.md of dotnet/runtime.
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static TheoryData<string> Ids => [.. Repository.PackageIds];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Pdb_OfEachPackage_BelongsToItsAssemblyByADeterministicPath(string id)
    {
        var package = packages.Of(id);
        using var image = new PEReader(new MemoryStream(package.Assembly));
        using var pdb = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(package.Pdb));
        var entries = image.ReadDebugDirectory();

        var entry = entries.Single(static entry => entry.Type == DebugDirectoryEntryType.CodeView);
        var codeView = image.ReadCodeViewDebugDirectoryData(entry);

        new BlobContentId(codeView.Guid, entry.Stamp).Should().Be(new BlobContentId(pdb.GetMetadataReader().DebugMetadataHeader!.Id));
        codeView.Path.Should().StartWith($"/_/src/{id}/");
        entries.Should().Contain(static entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Pdb_OfEachPackage_HoldsEachSourceAsItIs(string id)
    {
        using var pdb = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(packages.Of(id).Pdb));
        var reader = pdb.GetMetadataReader();

        var sources = reader.Documents.ToDictionary(document => reader.GetString(reader.GetDocument(document).Name), document => Source(reader, document), StringComparer.Ordinal);

        sources.Keys.Should().OnlyContain(name => name.StartsWith($"/_/src/{id}/", StringComparison.Ordinal));
        sources.Should().NotContain(static source => source.Value == null);
        var written = sources.Where(static source => !source.Key.Contains("/obj/", StringComparison.Ordinal)).ToArray();
        written.Should().NotBeEmpty();
        foreach (var (name, source) in written)
        {
            source.AsSpan().SequenceEqual(File.ReadAllBytes(Repository.PathOf(name["/_/".Length..]))).Should().BeTrue("{0} is published as it lies here", name);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void SourceLink_WithoutARepositoryUrl_IsLeftOut(string id)
    {
        if (Environment.GetEnvironmentVariable("RepositoryUrl") is { Length: > 0 })
        {
            Assert.Skip("RepositoryUrl is set: the build was told where the sources are.");
            return;
        }

        using var pdb = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(packages.Of(id).Pdb));
        var reader = pdb.GetMetadataReader();

        var kinds = reader.GetCustomDebugInformation(EntityHandle.ModuleDefinition).Select(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind));

        kinds.Should().NotContain(SourceLink);
    }

    // The blob: four bytes, the length of the text if it was deflated, zero if not; then the text.
    private static byte[]? Source(MetadataReader reader, DocumentHandle document)
    {
        foreach (var information in reader.GetCustomDebugInformation(document).Select(reader.GetCustomDebugInformation))
        {
            if (reader.GetGuid(information.Kind) != EmbeddedSource)
            {
                continue;
            }

            var blob = reader.GetBlobBytes(information.Value);
            var length = BinaryPrimitives.ReadInt32LittleEndian(blob);
            if (length == 0)
            {
                return blob[sizeof(int)..];
            }

            using var deflated = new DeflateStream(new MemoryStream(blob, sizeof(int), blob.Length - sizeof(int)), CompressionMode.Decompress);
            var text = new byte[length];
            deflated.ReadExactly(text);
            return text;
        }

        return null;
    }
}
