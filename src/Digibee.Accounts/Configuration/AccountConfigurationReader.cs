using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Digibee.Accounts;

/// <summary>Reads accounts from a configuration section, a child each, under the names of the stored JSON. Collects every problem of every account; no text of a value is in any.</summary>
internal sealed class AccountConfigurationReader(bool allowsLiterals, AccountLimits limits, DateTimeOffset now)
{
    private readonly List<string> _problems = [];

    /// <summary>Gets what is wrong: sentences that name the account and the field.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reads one account; <see langword="null"/> when something is wrong with it.</summary>
    public (Account Account, AccountInspection Inspection)? Read(IConfigurationSection section)
    {
        var name = NameOf(section);
        if (!AccountAddress.IsPart(name))
        {
            _problems.Add($"Account '{name}': its name must be {AccountAddress.Grammar}.");
            return null;
        }

        if (!AccountType.TryParse(section["type"], null, out var type))
        {
            _problems.Add($"Account '{name}': type: {(section["type"] is null ? "it is missing." : "it is no account type.")} Use one of {string.Join(", ", AccountType.All)}.");
            return null;
        }

        var draft = new AccountDraft(name, type);
        foreach (var property in section.GetChildren())
        {
            Read(draft, property);
        }

        var inspection = new AccountInspection(limits, now);
        var account = draft.ToAccount(inspection);
        foreach (var problem in draft.Problems)
        {
            _problems.Add($"Account '{name}': {problem.Field}: {problem.Message}");
        }

        return account is null ? null : (account, inspection);
    }

    public void Refuse(string accountName, string problem) => _problems.Add($"Account '{accountName}': {problem}");

    // Keys of a configuration have no case: an environment variable that overrides one value may spell them all in capitals.
    private static string NameOf(IConfigurationSection section) =>
        string.Create(section.Key.Length, section.Key, static (name, key) =>
        {
            for (var i = 0; i < key.Length; i++)
            {
                name[i] = char.IsAsciiLetterUpper(key[i]) ? (char)(key[i] | 0x20) : key[i];
            }
        });

    private static bool Is(IConfigurationSection property, string name) => property.Key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private void Read(AccountDraft draft, IConfigurationSection property)
    {
        if (Is(property, "type") || (property.Value is null && !property.GetChildren().Any()))
        {
            // The latter is null in JSON: not there.
            return;
        }

        if (Is(property, nameof(Account.AllowedOrigins)))
        {
            draft.SetOrigins(ListOf(draft, property, nameof(Account.AllowedOrigins)) ?? []);
        }
        else if (Is(property, nameof(Account.Projects)))
        {
            draft.SetProjects(ListOf(draft, property, nameof(Account.Projects)) ?? []);
        }
        else if (Is(property, nameof(Account.Description)))
        {
            draft.Description = TextOf(draft, property, nameof(Account.Description));
        }
        else if (Is(property, nameof(Account.ExpiresAt)))
        {
            ReadExpiry(draft, property);
        }
        else if (Find(draft.Type, property.Key) is { } field)
        {
            Read(draft, property, field);
        }
        else
        {
            draft.Refuse(property.Key, $"type {draft.Type} has no such field. It has {string.Join(", ", AccountFields.Of(draft.Type).ToArray().Select(static field => field.StoredName))}.");
        }
    }

    private void Read(AccountDraft draft, IConfigurationSection property, AccountField field)
    {
        if (field.ClrType == typeof(NameList))
        {
            if (ListOf(draft, property, field.PropertyName) is { } entries)
            {
                draft.Set(field, entries);
            }
        }
        else if (property.Value is not { } text)
        {
            draft.Refuse(field, "it is one value, neither a list nor an object.");
        }
        else if (!field.IsSecret)
        {
            ReadText(draft, field, text);
        }
        else if (SecretReference.Resolve(text, allowsLiterals, out var problem) is { } secret)
        {
            draft.Set(field, secret);
        }
        else
        {
            draft.Refuse(field, problem);
        }
    }

    private static void ReadText(AccountDraft draft, AccountField field, string text)
    {
        if (text.StartsWith(SecretReference.Variable, StringComparison.Ordinal))
        {
            draft.Refuse(field, "it is no secret, so it stands in the configuration itself: write the value, or override this key by a variable of the configuration's own.");
            return;
        }

        draft.Set(field, text);
    }

    private static void ReadExpiry(AccountDraft draft, IConfigurationSection property)
    {
        if (DateTimeOffset.TryParse(property.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiresAt))
        {
            draft.ExpiresAt = expiresAt;
        }
        else
        {
            draft.Refuse(nameof(Account.ExpiresAt), "it is not a date. Write it as 2027-01-31 or 2027-01-31T12:00:00Z.");
        }
    }

    private static string? TextOf(AccountDraft draft, IConfigurationSection property, string propertyName)
    {
        if (property.Value is null)
        {
            draft.Refuse(propertyName, "it is one value, neither a list nor an object.");
        }

        return property.Value;
    }

    // An empty list arrives as an empty text.
    private static string[]? ListOf(AccountDraft draft, IConfigurationSection property, string propertyName)
    {
        if (property.Value is { Length: > 0 })
        {
            draft.Refuse(propertyName, "it is a list. Write it in brackets, or with :0, :1, … behind its key.");
            return null;
        }

        return [.. property.GetChildren().Select(static entry => entry.Value ?? "")];
    }

    private static AccountField? Find(AccountType type, string key)
    {
        foreach (var field in AccountFields.Of(type))
        {
            if (field.StoredName.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return field;
            }
        }

        return null;
    }
}
