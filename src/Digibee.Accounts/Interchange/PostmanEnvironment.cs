using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>An exported Postman environment: <c>{"name","values":[{"key","value","type","enabled"}]}</c>.</summary>
internal sealed class PostmanEnvironment(ImportedFile import)
{
    private const string NotOne = "it is no Postman environment: a JSON object with an array \"values\". Export the environment from Postman again.";

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 16 };
    private static readonly string[] UserEndings = ["username", "user", "login"];

    private readonly List<PostmanVariable> _variables = [];

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

        foreach (var variable in _variables)
        {
            Add(variable);
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
        if (variable.IsTaken)
        {
            return;
        }

        var shown = ImportedName.Shown(variable.Key);
        if (variable.Key.Length == 0 || variable.Value is null)
        {
            import.Unsupported(variable.Position, shown, null, "it has no key, or no text as its value.");
        }
        else if (!variable.IsEnabled)
        {
            import.Unsupported(variable.Position, shown, null, "it is disabled.");
        }
        else if (!variable.IsSecret)
        {
            if (!_variables.Exists(password => IsPasswordOf(password, variable)))
            {
                import.Unsupported(variable.Position, shown, null, "it is not marked secret, so it is a setting and no credential.");
            }
        }
        else if (PasswordStem(variable.Key) is { } stem && _variables.Find(user => user.IsEnabled && user.Value is not null && IsUserOf(user.Key, stem)) is { } user)
        {
            AddBasic(stem, user, variable);
        }
        else
        {
            AddSecret(variable);
        }
    }

    private void AddBasic(string stem, PostmanVariable user, PostmanVariable password)
    {
        user.IsTaken = true;
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

    private static bool IsPasswordOf(PostmanVariable password, PostmanVariable user) =>
        password is { IsSecret: true, IsEnabled: true, Value: not null } && PasswordStem(password.Key) is { } stem && IsUserOf(user.Key, stem);

    private static string? PasswordStem(string key) =>
        key.EndsWith("password", StringComparison.OrdinalIgnoreCase) ? key[..^"password".Length].TrimEnd('_', '-', '.') : null;

    private static bool IsUserOf(string key, string stem) => Array.Exists(UserEndings, ending =>
        key.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && key[..^ending.Length].TrimEnd('_', '-', '.').Equals(stem, StringComparison.OrdinalIgnoreCase));
}
