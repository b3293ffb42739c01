using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>An exported Postman environment: <c>{"name","values":[{"key","value","type","enabled"}]}</c>.</summary>
internal sealed class PostmanEnvironment(ImportedFile import)
{
    private const string NotOne = "it is no Postman environment: a JSON object with an array \"values\". Export the environment from Postman again.";

    private const string PasswordEnding = "password";

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 16 };
    private static readonly string[] UserEndings = ["username", "user", "login"];

    private readonly List<PostmanVariable> _variables = [];
    private readonly Dictionary<PostmanVariable, PostmanVariable> _userOfPassword = [];
    private readonly HashSet<PostmanVariable> _usersOfPasswords = [];

    public void Read(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8Json.StartsWith("\uFEFF"u8) ? utf8Json[3..] : utf8Json, Strict);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !ReadEnvironment(ref reader))
            {
                throw ImportedFile.Refused(NotOne);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // The framework's message quotes the input.
            throw ImportedFile.Refused(NotOne);
        }

        Pair();
        foreach (var variable in _variables)
        {
            Add(variable);
        }
    }

    // A user goes with every password of its stem: crm_username with crm_password. Of two such users the first does.
    private void Pair()
    {
        var users = new Dictionary<string, PostmanVariable>(StringComparer.OrdinalIgnoreCase);
        foreach (var variable in _variables)
        {
            if (variable is { IsEnabled: true, Value: not null } && Array.Find(UserEndings, ending => variable.Key.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } ending)
            {
                users.TryAdd(Stem(variable.Key, ending), variable);
            }
        }

        foreach (var variable in _variables)
        {
            if (variable is { IsSecret: true, IsEnabled: true, Value: not null }
                && variable.Key.EndsWith(PasswordEnding, StringComparison.OrdinalIgnoreCase)
                && users.TryGetValue(Stem(variable.Key, PasswordEnding), out var user))
            {
                _userOfPassword[variable] = user;
                _usersOfPasswords.Add(user);
            }
        }
    }

    private bool ReadEnvironment(ref Utf8JsonReader reader)
    {
        var hasValues = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isValues = reader.ValueTextEquals("values"u8);
            reader.Read();
            if (isValues && reader.TokenType == JsonTokenType.StartArray)
            {
                hasValues = true;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    ReadVariable(ref reader);
                }
            }

            reader.Skip();
        }

        return !reader.Read() && hasValues;
    }

    private void ReadVariable(ref Utf8JsonReader reader)
    {
        var variable = new PostmanVariable(_variables.Count + 1);
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var property = reader.GetString();
                reader.Read();
                variable.Read(property, ref reader);
                reader.Skip();
            }
        }
        else
        {
            reader.Skip();
        }

        _variables.Add(variable);
    }

    private void Add(PostmanVariable variable)
    {
        var shown = ImportedName.Shown(variable.Key);
        if (variable.Key.Length == 0 || variable.Value is null)
        {
            import.Unsupported(variable.Position, shown, null, "it has no key, or no text as its value.");
        }
        else if (!variable.IsEnabled)
        {
            import.Unsupported(variable.Position, shown, null, "it is disabled.");
        }
        else if (_usersOfPasswords.Contains(variable))
        {
            // It goes with its password.
        }
        else if (!variable.IsSecret)
        {
            import.Unsupported(variable.Position, shown, null, "it is not marked secret, so it is a setting and no credential.");
        }
        else if (_userOfPassword.TryGetValue(variable, out var user))
        {
            AddBasic(Stem(variable.Key, PasswordEnding), user, variable);
        }
        else
        {
            AddSecret(variable);
        }
    }

    private void AddBasic(string stem, PostmanVariable user, PostmanVariable password)
    {
        if (import.Begin(password.Position, stem.Length == 0 ? "basic" : stem, AccountType.Basic) is { } draft)
        {
            draft.Set(AccountFieldSpelling.Find(AccountType.Basic, nameof(BasicAccount.UserName))!, user.Value!.Reveal());
            draft.Set(AccountFieldSpelling.Find(AccountType.Basic, nameof(BasicAccount.Password))!, password.Value!);
            import.Add(password.Position, draft);
        }
    }

    private void AddSecret(PostmanVariable variable)
    {
        var isToken = variable.Key.EndsWith("token", StringComparison.OrdinalIgnoreCase) || variable.Key.EndsWith("bearer", StringComparison.OrdinalIgnoreCase);
        var type = isToken ? AccountType.OAuthBearer : AccountType.SecretKey;
        if (import.Begin(variable.Position, variable.Key, type) is { } draft)
        {
            draft.Set(AccountFieldSpelling.Find(type, isToken ? nameof(OAuthBearerAccount.Token) : nameof(SecretKeyAccount.Key))!, variable.Value!);
            import.Add(variable.Position, draft);
        }
    }

    private static string Stem(string key, string ending) => key[..^ending.Length].TrimEnd('_', '-', '.');
}
