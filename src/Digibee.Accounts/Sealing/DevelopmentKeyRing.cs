using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Digibee.Accounts;

/// <summary>A ring of one key, made at first use and kept in the user's profile: for a developer's machine, where nobody hands out keys.</summary>
internal static class DevelopmentKeyRing
{
    private const string FolderName = "digibee-accounts";
    private const string FileName = "development.key";
    private const int OpenAttempts = 200;

    private static readonly TimeSpan OpenPause = TimeSpan.FromMilliseconds(25);

    /// <summary>Reads the development key, and makes it if there is none.</summary>
    /// <param name="environment">The environment that accounts are named in. <c>prod</c> and <c>production</c> are refused.</param>
    /// <param name="logger">Is warned of a new key.</param>
    /// <param name="folder">The folder, made with mode 0700; by default <c>digibee-accounts</c> in the user's local application data.</param>
    /// <returns>The ring. The caller disposes it.</returns>
    /// <exception cref="InvalidOperationException">The environment is the productive one.</exception>
    /// <exception cref="AccountSealException">The key file cannot be used.</exception>
    public static KeyRing LoadOrCreate(string environment, ILogger logger, string? folder = null)
    {
        if (environment.Equals("prod", StringComparison.OrdinalIgnoreCase) || environment.Equals("production", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(
                $"UseDevelopmentKeyRing() is not for environment '{environment}': its key lives on one machine only. Call UseKeyRing(KeyRing.FromEnvironment(…)) or another KeyRing there.");
        }

        var path = Path.Combine(folder ?? DefaultFolder(), FileName);
        try
        {
            MakeFolder(Path.GetDirectoryName(path)!);
            using var file = OpenAlone(path);
            var isNew = RandomAccess.GetLength(file.SafeFileHandle) == 0;
            if (isNew)
            {
                WriteNewKey(file.SafeFileHandle);
            }

            var ring = KeyFile.Read(file.SafeFileHandle, path);
            if (isNew)
            {
                logger.DevelopmentKeyMade(ring.KeyIds[0], path);
            }

            return ring;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw KeyFile.Unreadable(path, exception);
        }
    }

    private static string DefaultFolder()
    {
        var profile = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.IsPathRooted(profile)
            ? Path.Combine(profile, FolderName)
            : throw KeyRingReader.Invalid("This user has no profile to keep a development key in. Call UseKeyRing(KeyRing.FromEnvironment(…)) or another KeyRing.");
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if ((File.GetUnixFileMode(folder) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != UnixFileMode.None)
        {
            throw KeyRingReader.Invalid($"Others than its owner may change the development key's folder '{folder}'. Run: chmod 700 '{folder}'");
        }
    }

    // Whoever has the file open alone may write the first key. The others wait for that, and then find a key: programs that start at once get the same one. A file that stayed
    // empty, because its maker ended between creating and writing it, is filled by the next.
    private static FileStream OpenAlone(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException) when (attempt < OpenAttempts)
            {
                Thread.Sleep(OpenPause);
            }
        }
    }

    private static void WriteNewKey(SafeFileHandle file)
    {
        Span<byte> line = stackalloc byte[KeyText.Length + 1];
        try
        {
            Encoding.ASCII.GetBytes(KeyRing.NewKeyText(), line);
            line[^1] = (byte)'\n';
            RandomAccess.Write(file, line, fileOffset: 0);
            RandomAccess.FlushToDisk(file);
        }
        catch
        {
            // Half a key would be refused for ever; nothing sealed with it yet.
            RandomAccess.SetLength(file, 0);
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(line);
        }
    }
}
