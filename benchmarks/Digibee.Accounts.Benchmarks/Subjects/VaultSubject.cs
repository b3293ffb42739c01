using System.Collections.Concurrent;

namespace Digibee.Accounts;

/// <summary>A vault that has opened its accounts, and dictionaries that hold the same accounts under the same keys.</summary>
internal sealed class VaultSubject : IDisposable
{
    private const int Accounts = 1_000;

    private readonly ConcurrentDictionary<AccountAddress, OpenedAccount> _byAddress = new();
    private readonly ConcurrentDictionary<string, OpenedAccount> _byName = new(StringComparer.Ordinal);
    private readonly AccountsServices _services = new(static _ => { });
    private readonly IAccountVault _vault;
    private readonly IAccountSource _source;
    private readonly AccountAddress _address;
    private readonly string _name;

    public VaultSubject()
    {
        try
        {
            _vault = _services.Get<IAccountVault>();
            _source = _services.Get<IAccountSource>();
            for (var i = 0; i < Accounts; i++)
            {
                var opened = _services.Save(new OAuthBearerAccount { Name = $"crm-{i}", Token = new Secret("token"), AllowedOrigins = ["https://api.crm.example"] });
                _byAddress[opened.Address] = opened;
                _byName[opened.Address.Name] = opened;
            }

            _address = new AccountAddress(_source.DefaultRealm, _source.DefaultEnvironment, $"crm-{Accounts / 2}");
            _name = _address.Name;
            CheckBoth();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public OpenedAccount OpenByAddress() => Hit(_source.OpenAsync(_address, project: null, CancellationToken.None));

    public OpenedAccount OpenByName() => Hit(_vault.OpenAsync(_name));

    public OpenedAccount LookUpByAddress() => _byAddress.TryGetValue(_address, out var opened) ? opened : throw new InvalidOperationException("The dictionary lost an account.");

    public OpenedAccount LookUpByName() => _byName.TryGetValue(_name, out var opened) ? opened : throw new InvalidOperationException("The dictionary lost an account.");

    public void Dispose() => _services.Dispose();

    private static OpenedAccount Hit(ValueTask<OpenedAccount> opening) =>
        opening.IsCompletedSuccessfully ? opening.Result : throw new InvalidOperationException("The vault had to read the account, so this was no hit.");

    private void CheckBoth()
    {
        if (OpenByAddress() != OpenByName() || OpenByAddress() != LookUpByAddress() || OpenByAddress() != LookUpByName())
        {
            throw new InvalidOperationException("The vault and the dictionaries do not hold the same account.");
        }
    }
}
