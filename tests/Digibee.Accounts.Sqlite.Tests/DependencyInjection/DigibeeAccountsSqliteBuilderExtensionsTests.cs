using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

public sealed class DigibeeAccountsSqliteBuilderExtensionsTests : IDisposable
{
    private readonly SqliteTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task UseSqliteStore_WithAConnectionString_KeepsRowsInThatFileUntilTheContainerGoes()
    {
        var services = new ServiceCollection();
        services.AddDigibeeAccounts(static options => options.Environment = "test").UseSqliteStore($"Data Source={_folder.Database}");
        await using (var provider = services.BuildServiceProvider())
        {
            await provider.GetRequiredService<IAccountStore>().TryAppendAsync(SqliteTestFolder.Row(), null, 5);
            File.Exists(_folder.Database + "-wal").Should().BeTrue();
        }

        File.Exists(_folder.Database + "-wal").Should().BeFalse("the container closed it");
        (await _folder.Open().GetAsync(SqliteTestFolder.Key)).Should().NotBeNull();
    }

    [Fact]
    public void UseSqliteStore_WithAnOptionOutOfRange_IsRefusedAtOnce()
    {
        var builder = new ServiceCollection().AddDigibeeAccounts(static options => options.Environment = "test");

        Action[] mistakes =
        [
            () => builder.UseSqliteStore("accounts.db", static options => options.BusyTimeout = TimeSpan.FromTicks(-1)),
            () => builder.UseSqliteStore("accounts.db", static options => options.BusyTimeout = TimeSpan.FromMinutes(6)),
            () => builder.UseSqliteStore("accounts.db", static options => options.FeedInterval = TimeSpan.Zero),
            () => builder.UseSqliteStore("accounts.db", static options => options.FeedInterval = TimeSpan.FromHours(1)),
        ];

        foreach (var mistake in mistakes)
        {
            mistake.Should().Throw<ArgumentOutOfRangeException>();
        }
    }
}
