using System.Text.Encodings.Web;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>An account on its way in from a configuration or a file, field by field. Every problem is noted, by field and without a value; an account comes out when there is none.</summary>
internal sealed class AccountDraft(string name, AccountType type)
{
    private const string NeverRight =
        "it holds what can never stand there: a line break, NUL or, in the user name of a Basic account, a colon. Was it read from a file with its last line break?";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<AccountField, object> _values = [];
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly List<AccountProblem> _problems = [];

    public string Name { get; } = name;

    public AccountType Type { get; } = type;

    public IReadOnlyList<AccountProblem> Problems => _problems;

    public string? Description { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public AllowedOrigins Origins { get; private set; } = AllowedOrigins.None;

    public NameList Projects { get; private set; } = NameList.Empty;

    /// <summary>Tells whether a field was filled in already.</summary>
    public bool Has(AccountField field) => _values.ContainsKey(field) || _refused.Contains(field.PropertyName);

    public void Set(AccountField field, Secret value) => _values[field] = value;

    /// <summary>Takes a text as the kind that the field is of.</summary>
    public void Set(AccountField field, string text)
    {
        if (AccountFieldValue.Read(field, text, out var problem) is { } value)
        {
            _values[field] = value;
        }
        else
        {
            Refuse(field, problem);
        }
    }

    public void Set(AccountField field, IReadOnlyList<string> entries)
    {
        if (field.ClrType != typeof(NameList))
        {
            Refuse(field, "it is one value and no list.");
        }
        else if (ListOf(entries, field.PropertyName) is { } names)
        {
            _values[field] = names;
        }
    }

    /// <summary>Takes the origins; each that is none is a problem of its own.</summary>
    public void SetOrigins(IReadOnlyList<string> origins)
    {
        var isUsable = true;
        for (var i = 0; i < origins.Count; i++)
        {
            if (AllowedOrigin.Parse(origins[i], out var problem) is null)
            {
                isUsable = false;
                Refuse(nameof(Account.AllowedOrigins), $"entry {i + 1} is not usable: {problem}");
            }
        }

        Origins = isUsable ? AllowedOrigins.Create([.. origins]) : AllowedOrigins.None;
    }

    public void SetProjects(IReadOnlyList<string> projects) => Projects = ListOf(projects, nameof(Account.Projects)) ?? NameList.Empty;

    /// <summary>Notes a problem of a field; what it holds is not looked at any more.</summary>
    public void Refuse(AccountField field, string message)
    {
        Refuse(field.PropertyName, message);
        _values.Remove(field);
        if (AccountFieldValue.StandIn(field) is { } standIn)
        {
            _values[field] = standIn;
        }
    }

    public void Refuse(string propertyName, string message)
    {
        _refused.Add(propertyName);
        _problems.Add(new AccountProblem(propertyName, message));
    }

    /// <summary>Gives the account, checked as by a save; <see langword="null"/> when there are problems.</summary>
    public Account? ToAccount(AccountInspection inspection)
    {
        RefuseMissing();
        if (Create() is not { } created)
        {
            return null;
        }

        var account = created with { Description = Description, ExpiresAt = ExpiresAt, AllowedOrigins = Origins, Projects = Projects };
        account.Inspect(inspection);
        foreach (var problem in inspection.Problems)
        {
            // Of a field with a stand-in nothing can be said.
            if (!_refused.Contains(problem.Field))
            {
                _problems.Add(problem);
            }
        }

        return _problems.Count == 0 ? account : null;
    }

    private void RefuseMissing()
    {
        foreach (var field in AccountFields.Of(Type))
        {
            if (field.IsRequired && !_values.ContainsKey(field))
            {
                Refuse(field, "it is missing. Fill it in.");
            }
        }
    }

    private NameList? ListOf(IReadOnlyList<string> entries, string propertyName)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (string.IsNullOrEmpty(entries[i]) || entries[i].AsSpan().ContainsAny('\r', '\n', '\0'))
            {
                Refuse(propertyName, $"entry {i + 1} is empty or holds a line break or NUL.");
                return null;
            }
        }

        return NameList.Create([.. entries]);
    }

    // A record stops at the first property that can never be right; with a stand-in for it the next one shows.
    private Account? Create()
    {
        var attempts = AccountFields.Of(Type).Length + 1;
        while (attempts-- > 0)
        {
            try
            {
                using var document = Write();
                return AccountPayload.Create(Type, document.Span);
            }
            catch (ArgumentException exception) when (Find(exception.ParamName) is { } field && !_refused.Contains(field.PropertyName))
            {
                Refuse(field, field.ClrType == typeof(int) ? "it is out of its range." : NeverRight);
            }
            catch (Exception exception) when (exception is ArgumentException or JsonException or NotSupportedException or InvalidOperationException)
            {
                // The serializer's messages quote the input.
                Refuse(Type.DisplayName, "its values do not make an account. Compare them with what the type takes.");
                return null;
            }
        }

        return null;
    }

    private AccountField? Find(string? propertyName)
    {
        foreach (var field in AccountFields.Of(Type))
        {
            if (field.PropertyName == propertyName)
            {
                return field;
            }
        }

        return null;
    }

    private SecretBuffer Write()
    {
        using var output = new SecretBufferWriter();
        using (var writer = new Utf8JsonWriter(output, Relaxed))
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, Name);
            foreach (var field in AccountFields.Of(Type))
            {
                if (_values.TryGetValue(field, out var value))
                {
                    writer.WritePropertyName(field.StoredName);
                    JsonSerializer.Serialize(writer, value, AccountJson.Default.Options.GetTypeInfo(value.GetType()));
                }
            }

            writer.WriteEndObject();
        }

        return output.ToSecretBuffer();
    }
}
