using Microsoft.Extensions.Configuration;

namespace Digibee.Accounts;

/// <summary>Makes the accounts of one state of the configuration. What did not change is taken over as it is.</summary>
internal sealed class ConfiguredAccountsLoader(DigibeeAccountsOptions options, bool allowsLiterals, TimeProvider time)
{
    private readonly List<(string AccountName, string Warning)> _warnings = [];

    /// <summary>Gets what whoever wrote the configuration should know, of the accounts that are new or changed.</summary>
    public IReadOnlyList<(string AccountName, string Warning)> Warnings => _warnings;

    public IReadOnlyList<ConfiguredAccount> Load(IReadOnlyList<AccountConfigurationRegistration> registrations, ConfiguredAccountLayer? before, out IReadOnlyList<string> problems)
    {
        _warnings.Clear();
        var reader = new AccountConfigurationReader(allowsLiterals, options.Limits, time.GetUtcNow());
        var accounts = new Dictionary<AccountAddress, ConfiguredAccount>(AccountAddressComparer.Instance);
        foreach (var registration in registrations)
        {
            foreach (var section in registration.Section.GetChildren())
            {
                if (reader.Read(section) is not var (account, inspection))
                {
                    continue;
                }

                var address = new AccountAddress(registration.Realm ?? options.Realm, registration.Environment ?? options.Environment, account.Name);
                if (!accounts.TryAdd(address, Keep(before?.Find(address), account) ?? Make(address, before, account, inspection)))
                {
                    reader.Refuse(account.Name, $"it is configured twice in realm '{address.Realm}', environment '{address.Environment}'. Take one out.");
                }
            }
        }

        problems = reader.Problems;
        return [.. accounts.Values];
    }

    private static ConfiguredAccount? Keep(ConfiguredAccount? before, Account account) => before?.Opened.Account == account ? before : null;

    private ConfiguredAccount Make(AccountAddress address, ConfiguredAccountLayer? before, Account account, AccountInspection inspection)
    {
        foreach (var warning in inspection.Warnings)
        {
            _warnings.Add((account.Name, warning));
        }

        return ConfiguredAccount.Of(address, RecordRevision.Next(before?.Find(address)?.Opened.Revision ?? 0, time), account, inspection);
    }
}
