using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Accounts in a SQLite file, and the same accounts in a hand-written one.</summary>
internal sealed class SqliteSubject : IDisposable
{
    private const int Accounts = 1_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("digibee-accounts-");
    private readonly KeyRing _keyRing = KeyRing.Parse(KeyRing.NewKeyText());
    private readonly ServiceProvider _provider;
    private readonly IAccountVault _vault;
    private readonly IAccountStore _store;
    private readonly AccountSealer _sealer;
    private readonly HandWrittenSqliteStore _handWritten;
    private int _next;

    public SqliteSubject()
    {
        var services = new ServiceCollection();
        services.AddDigibeeAccounts(static options => options.Environment = "prod").UseSqliteStore(Path.Combine(_folder.FullName, "accounts.db")).UseKeyRing(_keyRing);
        _provider = services.BuildServiceProvider();
        _vault = _provider.GetRequiredService<IAccountVault>();
        _store = _provider.GetRequiredService<IAccountStore>();
        _sealer = new AccountSealer(_keyRing);
        _handWritten = new HandWrittenSqliteStore(Path.Combine(_folder.FullName, "hand-written.db"));
        try
        {
            for (var i = 0; i < Accounts; i++)
            {
                var account = new BasicAccount { Name = $"crm-{i}", UserName = "Aladdin", Password = new Secret("open sesame"), AllowedOrigins = ["https://api.crm.example"] };
                _vault.SaveAsync(account).AsTask().GetAwaiter().GetResult();
                _handWritten.Save(account.Name, new HandWrittenCredential("Aladdin", "open sesame"));
            }

            CheckBoth();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Reads past the cache, opens, and caches.</summary>
    public ValueTask GetAsync() => _vault.RefreshAsync(NextName());

    public HandWrittenCredential HandWrittenGet() => _handWritten.Get(NextName());

    public async Task ResealAsync()
    {
        var name = NextName();
        var row = await _store.GetAsync(new RecordKey("account", "default/prod", name)) ?? throw new InvalidOperationException("The row is gone.");
        var replaced = await _store.TryReplaceAsync(row with { Payload = SealAnew(row) }, row.ETag!);
        _ = replaced ?? throw new InvalidOperationException("Somebody else wrote the row.");
    }

    public void HandWrittenReseal() => _handWritten.Reseal(NextName());

    public void Dispose()
    {
        _handWritten.Dispose();
        _provider.Dispose();
        _keyRing.Dispose();
        _folder.Delete(recursive: true);
    }

    private byte[] SealAnew(StoredRecord row)
    {
        var context = new SealContext { Realm = row.Key.Partition, Name = row.Key.Name, Type = row.Type, Revision = (ulong)row.Revision, Metadata = row.Metadata.Span };
        using var plaintext = _sealer.Open(context, row.Payload.Span);
        return _sealer.Seal(context, plaintext.Span);
    }

    private string NextName() => $"crm-{_next++ % Accounts}";

    private void CheckBoth()
    {
        ResealAsync().GetAwaiter().GetResult();
        HandWrittenReseal();
        GetAsync().AsTask().GetAwaiter().GetResult();
        var ours = (BasicAccount)_vault.OpenAsync("crm-0").AsTask().GetAwaiter().GetResult().Account;
        if (HandWrittenGet().Password != ours.Password.Reveal())
        {
            throw new InvalidOperationException("The two stores do not hold the same account.");
        }
    }
}
