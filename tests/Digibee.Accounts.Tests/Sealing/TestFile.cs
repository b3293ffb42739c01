namespace Digibee.Accounts;

/// <summary>Sets the modes of files that a test has made, where there are modes.</summary>
internal static class TestFile
{
    public const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
