using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>One request to a token endpoint and what its tokens will belong to. Disposing it wipes the form.</summary>
internal sealed class TokenExchange(TokenGrant grant, TokenEndpoint endpoint) : IDisposable
{
    private Action<TokenExchange>? _write;

    public TokenGrant Grant { get; } = grant;

    public TokenEndpoint Endpoint { get; } = endpoint;

    public FormContent Form { get; private set; } = new();

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

    /// <summary>Writes the form and the client's proof.</summary>
    /// <param name="write">Writes them. Called again when the exchange is sent again.</param>
    public void Write(Action<TokenExchange> write)
    {
        _write = write;
        write(this);
    }

    /// <summary>Writes them anew: an assertion that was sent once is refused the second time (RFC 7523, section 3, item 7).</summary>
    public void Rewrite()
    {
        if (_write is not null)
        {
            Form.Dispose();
            Form = new FormContent();
            _write(this);
        }
    }

    public void Dispose() => Form.Dispose();
}
