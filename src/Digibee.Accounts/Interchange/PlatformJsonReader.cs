using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Reads the platform's JSON: finds each account's object, its name and its type. What the object holds, <see cref="PlatformJsonFields"/> reads.</summary>
internal sealed class PlatformJsonReader(ImportProblems problems)
{
    private const int MaxDepth = 8;
    private const int MaxAccounts = 100_000;

    private static readonly JsonReaderOptions Lenient = new() { AllowMultipleValues = true, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth };

    // The widest that options can set: what a vault takes is for the vault to check.
    private static readonly AccountLimits Widest = new() { ValueLength = 500_000, DescriptionLength = 2_000, Origins = 100, Projects = 200 };

    private readonly List<Account> _accounts = [];
    private int _position;

    public IReadOnlyList<Account> Read(ReadOnlySpan<byte> utf8Json)
    {
        if (utf8Json.Length > PlatformJson.MaxLength)
        {
            problems.Add(0, null, null, "it is longer than 64 MiB. Read it in parts.");
            return [];
        }

        try
        {
            var reader = new Utf8JsonReader(utf8Json.StartsWith("\uFEFF"u8) ? utf8Json[3..] : utf8Json, Lenient);
            while (reader.Read())
            {
                ReadEntry(ref reader);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // The framework's message quotes the input.
            problems.Add(_position, null, null, "it is not JSON from here on. Write one object for each account, alone or in an array.");
        }

        return _accounts;
    }

    private void ReadEntry(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject when _position == MaxAccounts:
                throw new JsonException();
            case JsonTokenType.StartObject:
                _position++;
                ReadAccount(ref reader);
                break;
            case JsonTokenType.StartArray when reader.CurrentDepth == 0:
            case JsonTokenType.EndArray:
                break;
            default:
                throw new JsonException();
        }
    }

    private void ReadAccount(ref Utf8JsonReader reader)
    {
        // The type decides what the fields are, and may stand behind them.
        var (name, typeName) = Head(reader);
        var type = AccountType.TryParse(typeName, null, out var known) ? known : null;
        if (!AccountAddress.IsPart(name))
        {
            problems.Add(_position, null, "name", name is null ? "it is missing." : $"it must be {AccountAddress.Grammar}.");
        }

        if (type is null)
        {
            problems.Add(_position, AccountAddress.IsPart(name) ? name : null, "type", $"{(typeName is null ? "it is missing." : "it is no account type.")} Use one of {string.Join(", ", AccountType.All)}.");
        }

        if (type is null || !AccountAddress.IsPart(name))
        {
            reader.Skip();
            return;
        }

        var draft = new AccountDraft(name!, type);
        new PlatformJsonFields(draft).Read(ref reader);
        if (draft.ToAccount(new AccountInspection(Widest)) is { } account)
        {
            _accounts.Add(account);
        }

        foreach (var problem in draft.Problems)
        {
            problems.Add(_position, name, problem.Field, problem.Message);
        }
    }

    // On a copy of the reader, which stays where it is.
    private static (string? Name, string? Type) Head(Utf8JsonReader reader)
    {
        string? name = null, type = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString();
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && PlatformJsonFields.IsName(property))
            {
                name ??= reader.GetString();
            }
            else if (reader.TokenType == JsonTokenType.String && PlatformJsonFields.IsType(property))
            {
                type ??= reader.GetString();
            }

            reader.Skip();
        }

        return (name, type);
    }
}
