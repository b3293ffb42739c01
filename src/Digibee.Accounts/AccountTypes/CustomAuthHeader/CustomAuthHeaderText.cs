namespace Digibee.Accounts;

/// <summary>The header's value for one revision of a Custom Auth Header account.</summary>
internal sealed class CustomAuthHeaderText
{
    private CustomAuthHeaderText(string value) => Value = value;

    public string Value { get; }

    public static CustomAuthHeaderText Create(OpenedAccount opened) => new(((CustomAuthHeaderAccount)opened.Account).HeaderValue.Reveal());
}
