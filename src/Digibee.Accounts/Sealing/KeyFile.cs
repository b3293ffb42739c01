using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Digibee.Accounts;

/// <summary>A file of key texts that only its owner can read and write.</summary>
internal static class KeyFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Reads the ring in a file.</summary>
    public static KeyRing Read(string path)
    {
        try
        {
            // Shared with everybody: a lock would make two programs that start at once fail.
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Read(file, path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw KeyRingReader.Invalid($"There is no key file '{path}'. {KeyRingReader.HowToMake} Give the file mode 600.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception);
        }
    }

    /// <summary>Reads the ring in an open file. The mode is the open file's: what the path leads to may change between a check and the opening.</summary>
    public static KeyRing Read(SafeFileHandle file, string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != UnixFileMode.None)
        {
            throw KeyRingReader.Invalid($"Others than its owner may read or write key file '{path}'. Run: chmod 600 '{path}'. If the key may have been read, make a new one.");
        }

        // One byte more than may be there, so that a longer file is seen to be longer.
        var bytes = GC.AllocateUninitializedArray<byte>(KeyRingReader.MaxLength + 1, pinned: true);
        var texts = GC.AllocateUninitializedArray<char>(bytes.Length, pinned: true);
        try
        {
            var length = Fill(file, bytes);

            // Key texts are ASCII; Latin-1 takes any byte, and what is not ASCII is then no key text.
            Encoding.Latin1.GetChars(bytes.AsSpan(0, length), texts);
            return KeyRingReader.Read(texts.AsSpan(0, length), $"key file '{path}'");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            Array.Clear(texts);
        }
    }

    public static AccountSealException Unreadable(string path, Exception exception) =>
        KeyRingReader.Invalid($"Key file '{path}' cannot be opened ({exception.GetType().Name}). It must be a file that this program's user owns, with mode 600.");

    private static int Fill(SafeFileHandle file, Span<byte> bytes)
    {
        var length = 0;
        while (length < bytes.Length && RandomAccess.Read(file, bytes[length..], length) is > 0 and var read)
        {
            length += read;
        }

        return length;
    }
}
