using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Digibee.Accounts;

/// <summary>One field of an account type, under the platform's name for it.</summary>
internal sealed class AccountField
{
    // Where the platform's name is not the property's own in lower case with hyphens. Fields that only we have follow the rule.
    private static readonly Dictionary<string, string> PlatformNames = new(StringComparer.Ordinal)
    {
        ["api-key/key"] = "api-key",
        ["api-key/parameterName"] = "url-param-name",
        ["aws-v4/accessKeyId"] = "access-key",
        ["aws-v4/secretAccessKey"] = "secret-key",
        ["aws-v4/service"] = "service-name",
        ["basic/userName"] = "username",
        ["ntlm/userName"] = "username",
        ["ntlm/workstation"] = "hostname",
        ["oauth-2/userName"] = "username",
        ["smtp-auth-and-properties/userName"] = "username",
    };

    private readonly JsonPropertyInfo _property;

    public AccountField(AccountType type, JsonPropertyInfo property)
    {
        _property = property;
        Name = PlatformNames.GetValueOrDefault($"{type.Slug}/{property.Name}") ?? JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name);
    }

    /// <summary>Gets the platform's name, in lower case: <c>header-value</c> for <c>HEADER-VALUE</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the name in the stored JSON.</summary>
    public string StoredName => _property.Name;

    /// <summary>Gets the name of the record's property, which is what problems are reported by.</summary>
    public string PropertyName => $"{char.ToUpperInvariant(_property.Name[0])}{_property.Name.AsSpan(1)}";

    public Type ClrType => _property.PropertyType;

    public bool IsSecret => _property.PropertyType == typeof(Secret);

    public bool IsRequired => _property.IsRequired;

    public Secret? SecretOf(Account account) => _property.Get!(account) as Secret;

    /// <summary>Gives a list; <see langword="null"/> when the field is none.</summary>
    public NameList? ListOf(Account account) => _property.Get!(account) as NameList;

    /// <summary>Gives a field that is no secret as text, lists separated by commas as the platform writes them; <see langword="null"/> when it is not filled in.</summary>
    public string? TextOf(Account account) => _property.Get!(account) switch
    {
        null or Secret or NameList { Count: 0 } => null,
        string text => text,
        NameList names => string.Join(',', names),
        bool flag => flag ? "true" : "false",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        var value => value.ToString(),
    };
}
