namespace Digibee.Accounts;

/// <summary>The key as it is sent for one revision of an API Key account: <c>name=value</c>, encoded, in a query; the key itself elsewhere.</summary>
internal sealed class ApiKeyText
{
    private ApiKeyText(string value) => Value = value;

    public string Value { get; }

    public static ApiKeyText Create(OpenedAccount opened)
    {
        var account = (ApiKeyAccount)opened.Account;
        var key = account.Key.Reveal();
        return new(account.Placement == ApiKeyPlacement.Query ? $"{Uri.EscapeDataString(account.ParameterName)}={Uri.EscapeDataString(key)}" : key);
    }
}
