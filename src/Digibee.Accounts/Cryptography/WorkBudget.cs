namespace Digibee.Accounts;

/// <summary>What deriving keys from a password may cost over one file. The counts stand in the file, so whoever wrote it chooses them: they are looked at before anything is derived.</summary>
/// <remarks>2,000,000 rounds of a hash: three times what OWASP asks for PBKDF2 with SHA-256 (600,000), and about a second. For scrypt 64 MiB at once, four times what OpenSSL uses.</remarks>
internal sealed class WorkBudget
{
    private const long MostMemory = 64 * 1024 * 1024;

    private long _rounds = 2_000_000;

    /// <summary>Takes rounds of a hash off; <see langword="false"/> when there are not as many left.</summary>
    public bool TrySpend(long rounds)
    {
        if (rounds > _rounds)
        {
            return false;
        }

        _rounds -= rounds;
        return true;
    }

    /// <summary>Takes a run of scrypt (RFC 7914) off.</summary>
    public bool TrySpend(long cost, long blockSize, long parallelization) =>
        cost <= int.MaxValue && blockSize <= int.MaxValue && parallelization <= int.MaxValue
        && (Int128)128 * cost * blockSize <= MostMemory
        && (Int128)cost * blockSize * parallelization <= _rounds
        && TrySpend(cost * blockSize * parallelization);
}
