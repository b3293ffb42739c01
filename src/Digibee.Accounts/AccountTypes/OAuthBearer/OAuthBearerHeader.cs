using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>The value of <c>Authorization</c> for one revision of an OAuth Bearer account.</summary>
internal sealed class OAuthBearerHeader
{
    private OAuthBearerHeader(AuthenticationHeaderValue value) => Value = value;

    public AuthenticationHeaderValue Value { get; }

    public static OAuthBearerHeader Create(OpenedAccount opened) =>
        new(new AuthenticationHeaderValue("Bearer", ((OAuthBearerAccount)opened.Account).Token.Reveal()));
}
