using System.Diagnostics;

namespace Digibee.Accounts;

/// <summary>The program <c>openssl</c>, in a folder of its own.</summary>
internal sealed class OpenSsl : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("digibee-accounts-openssl-");

    public static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "openssl")));

    public void Write(string file, byte[] data) => File.WriteAllBytes(Path.Combine(_folder.FullName, file), data);

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder.FullName, file), text);

    public byte[] Read(string file) => File.ReadAllBytes(Path.Combine(_folder.FullName, file));

    public string ReadText(string file) => File.ReadAllText(Path.Combine(_folder.FullName, file));

    /// <summary>Runs it to its end, and tells whether it succeeded.</summary>
    public async Task<bool> RunAsync(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { WorkingDirectory = _folder.FullName, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        await output;
        return process.ExitCode == 0;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
