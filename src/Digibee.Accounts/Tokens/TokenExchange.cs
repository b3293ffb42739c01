using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>One request to a token endpoint and what its tokens will belong to. Disposing it wipes the form.</summary>
internal sealed class TokenExchange(TokenGrant grant, TokenEndpoint endpoint) : IDisposable
{
    public TokenGrant Grant { get; } = grant;

    public TokenEndpoint Endpoint { get; } = endpoint;

    public FormContent Form { get; } = new();

    /// <summary>Gets or sets how the client proves itself in a header.</summary>
    public AuthenticationHeaderValue? Authorization { get; set; }

    /// <summary>Gets or sets the Certificate Chain account that is presented; <see langword="null"/> for none.</summary>
    public OpenedAccount? Certificate { get; set; }

    /// <summary>Gets or sets what makes the proof that the client holds a key (RFC 9449), for the nonce it is given; <see langword="null"/> for bearer tokens.</summary>
    public DPoPKey? ProofKey { get; set; }

    /// <summary>Gets or sets the refresh token that stays when the answer brings none.</summary>
    public Secret? RefreshToken { get; set; }

    /// <summary>Gets or sets <see cref="TokenSet.Login"/>.</summary>
    public string? Login { get; set; }

    /// <summary>Gets or sets whether the ID token is what is sent.</summary>
    public bool WantsIdToken { get; set; }

    public void Dispose() => Form.Dispose();
}
