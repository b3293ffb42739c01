using Microsoft.Data.Sqlite;

namespace Digibee.Accounts;

/// <summary>The file that a connection string names. Everything else in it would weaken what the store promises, so it is refused.</summary>
internal static class SqlitePath
{
    public static string Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var path = connectionString.Contains('=', StringComparison.Ordinal) ? DataSource(connectionString) : connectionString;
        if (path.Length == 0 || path.Contains(":memory:", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException("The connection string names no file. Write \"Data Source=accounts.db\"; for accounts in memory call UseInMemoryStore.", nameof(connectionString));
        }

        if (path.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || path.Contains('\0', StringComparison.Ordinal)
            || path.Contains("|DataDirectory|", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException("Data Source must be the plain path of a file, not a URI and without |DataDirectory|.", nameof(connectionString));
        }

        return Path.GetFullPath(path);
    }

    private static string DataSource(string connectionString)
    {
        SqliteConnectionStringBuilder parsed;
        try
        {
            parsed = new SqliteConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // The parser quotes what it could not read, and a connection string may hold a password.
            throw Refused();
        }

        var plain = new SqliteConnectionStringBuilder { DataSource = parsed.DataSource };
        return plain.EquivalentTo(parsed) ? parsed.DataSource : throw Refused();
    }

    private static ArgumentException Refused() =>
        new("The connection string may set Data Source alone: \"Data Source=accounts.db\". The rest is decided by the store or set through SqliteStoreOptions.", "connectionString");
}
