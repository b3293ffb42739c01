using Microsoft.AspNetCore.DataProtection;

namespace Digibee.Accounts;

/// <summary>The peer of sealing: ASP.NET Core's <see cref="IDataProtector"/> as it comes, with its keys in a directory of its own.</summary>
internal sealed class DefaultDataProtector : IDisposable
{
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("digibee-accounts-");
    private readonly IDataProtector _protector;

    public DefaultDataProtector()
    {
        try
        {
            // Not the ephemeral provider, which takes another algorithm on Windows.
            _protector = DataProtectionProvider.Create(_keys).CreateProtector("Digibee.Accounts.Benchmarks");
            CheckAlgorithm();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public byte[] Protect(byte[] plaintext) => _protector.Protect(plaintext);

    public byte[] Unprotect(byte[] protectedData) => _protector.Unprotect(protectedData);

    public void Dispose() => _keys.Delete(recursive: true);

    private void CheckAlgorithm()
    {
        _ = Protect([]);
        var key = File.ReadAllText(_keys.EnumerateFiles("key-*.xml").Single().FullName);
        if (!key.Contains("AES_256_CBC", StringComparison.Ordinal) || !key.Contains("HMACSHA256", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The default of IDataProtector is no longer AES-256-CBC with HMAC-SHA-256: the goals were set against that.");
        }
    }
}
