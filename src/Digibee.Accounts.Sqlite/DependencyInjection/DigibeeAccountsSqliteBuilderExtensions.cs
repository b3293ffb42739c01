using Digibee.Accounts;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses SQLite as the place where accounts are kept.</summary>
public static class DigibeeAccountsSqliteBuilderExtensions
{
    /// <summary>Keeps accounts in one SQLite file, which is made at first use, readable and writable by its owner alone (mode 0600; on Windows the folder's rights hold). Several processes of one machine may share it.</summary>
    /// <remarks>The file must be on a local disk: SQLite's locks do not hold on network file systems. To restore a backup, stop every process first. A process that uses the store must not read the file by other means, such as
    /// <see cref="File.Copy(string, string)"/>: closing any handle of a file lets go of all the locks that a process has on it (POSIX). Copy it from another process, with SQLite's own backup.</remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">The path of the file, or a connection string: <c>Data Source</c> and nothing else. A relative path begins at the current folder. The folder must exist.</param>
    /// <param name="configure">Sets options; called at once.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The connection string names no file, or sets something this store decides by itself.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static IDigibeeAccountsBuilder UseSqliteStore(this IDigibeeAccountsBuilder builder, string connectionString, Action<SqliteStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var path = SqlitePath.Parse(connectionString);
        var options = new SqliteStoreOptions();
        configure?.Invoke(options);
        return builder.UseStore(provider => new SqliteAccountStore(
            path, options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SqliteAccountStore>>()));
    }
}
