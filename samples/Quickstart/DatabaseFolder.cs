using System.Text;

namespace Quickstart;

/// <summary>A folder for the run, with the database and SQLite's side files in it.</summary>
internal sealed class DatabaseFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quickstart-");

    public string Database => Path.Combine(_folder.FullName, "accounts.db");

    /// <summary>Counts the texts that stand in some file, as UTF-8, as UTF-16, or in Base64. Called once the store is closed: to close a file that SQLite has open is to let go of its locks.</summary>
    public int Count(IReadOnlyList<string> texts)
    {
        var files = _folder.GetFiles().Select(static file => File.ReadAllBytes(file.FullName)).ToArray();
        return texts.Count(text => files.Any(file => Spellings(text).Any(spelling => file.AsSpan().IndexOf(spelling) >= 0)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IEnumerable<byte[]> Spellings(string text)
    {
        yield return Encoding.UTF8.GetBytes(text);
        yield return Encoding.Unicode.GetBytes(text);

        // The start of a text is spelled the same whatever follows it, up to the last whole group of three bytes.
        var bytes = Encoding.UTF8.GetBytes(text);
        yield return Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes.AsSpan(0, bytes.Length / 3 * 3)));
    }
}
