using System.Text;

namespace Quickstart;

/// <summary>A folder for the run, with the database and SQLite's side files in it.</summary>
internal sealed class DatabaseFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quickstart-");

    public string Database => Path.Combine(_folder.FullName, "accounts.db");

    /// <summary>Counts the texts that stand in some file, as UTF-8, as UTF-16, in hexadecimal, or in Base64. Called once the store is closed: to close a file that SQLite has open is to let go of its locks.</summary>
    public int Count(IReadOnlyList<string> texts)
    {
        var files = _folder.GetFiles().Select(static file => File.ReadAllBytes(file.FullName)).ToArray();
        return texts.Count(text => files.Any(file => Spellings(text).Any(spelling => file.AsSpan().IndexOf(spelling) >= 0)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IEnumerable<byte[]> Spellings(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        yield return bytes;
        yield return Encoding.Unicode.GetBytes(text);
        yield return Encoding.ASCII.GetBytes(Convert.ToHexString(bytes));
        yield return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes));

        // Base64 depends on how many bytes stand before; what does not depend on them are the whole groups of three.
        for (var before = 0; before < 3; before++)
        {
            var skipped = (3 - before) % 3;
            var whole = (bytes.Length - skipped) / 3 * 3;
            yield return Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes.AsSpan(skipped, whole)));
        }
    }
}
