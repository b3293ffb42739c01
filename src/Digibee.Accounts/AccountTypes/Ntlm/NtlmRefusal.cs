namespace Digibee.Accounts;

/// <summary>Says why a connection could not be signed in, and what to do. Of what the server sent, only its status and the schemes we know are told.</summary>
internal sealed class NtlmRefusal(string accountName, string host, NtlmHandshakeOptions options)
{
    /// <summary>The answer to the first message is no challenge.</summary>
    public AccountException NoChallenge(NtlmResponse response) => response switch
    {
        { Status: not 401 } when IsOutage(response.Status) => Outage(response),
        { Status: not 401 } => Refused(
            $"answered {Request} with {response.Status} and did not ask for a sign-in. Set NtlmHandshake.Path of the HTTP client to a path that only who is signed in may see."),
        { OffersNtlm: true } => Refused("offers NTLM and did not answer its first message with a challenge. Something on the way may not keep connections apart, such as a proxy."),
        { Schemes.Count: 0 } => Refused($"answered {Request} with 401 and named no scheme. NTLM is not switched on there."),
        _ => Refused($"answered {Request} with 401 and does not offer NTLM: it asks for {string.Join(", ", response.Schemes)}. Use an account of that kind, or switch NTLM on there."),
    };

    /// <summary>The answer to the third message refuses the user.</summary>
    public AccountAuthenticationException WrongUser(NtlmResponse response, NtlmFlags challengeFlags) => Refused(
        $"refused the user or the password (401{(response.Schemes.Count == 0 ? "" : $", it asks for: {string.Join(", ", response.Schemes)}")}). "
        + "Check user name, password and domain; trying again may lock the user out."
        + ((challengeFlags & NtlmFlags.KeyExchange) == NtlmFlags.None ? "" : " The server asked for a key exchange without being offered one; if it insists on it, it cannot be used with this account."));

    /// <summary>The sign-in held for one request only.</summary>
    public AccountAuthenticationException EachRequest() => Refused(
        "accepted the user, and asks again on the same connection: it authenticates each request and not the connection (in IIS: authPersistSingleRequest). "
        + "Switch that off there, or use an account of another type.");

    public AccountUnavailableException Closes() => Unavailable("closes the connection during the sign-in, which NTLM needs kept open (HTTP keep-alive). Is a proxy in between?", isTransient: false);

    public AccountUnavailableException Outage(NtlmResponse response) => Unavailable($"answered {Request} with {response.Status}.", isTransient: true);

    public AccountUnavailableException Broke() => Unavailable("closed the connection, or it broke.", isTransient: true);

    public AccountUnavailableException Silent() => Unavailable($"did not finish it within {options.Timeout}.", isTransient: true);

    public AccountUnavailableException Malformed(string reason) => Unavailable($"does not answer as it should: {reason}", isTransient: false);

    public AccountUnavailableException Malformed(NtlmChallengeFault fault) => Malformed(fault switch
    {
        NtlmChallengeFault.WrongLength => "its NTLM challenge is too short or too long.",
        NtlmChallengeFault.NotAChallenge => "what it sends as NTLM challenge is none.",
        NtlmChallengeFault.NoCharacterSet => "its NTLM challenge names no character set.",
        _ => "the target information of its NTLM challenge is malformed.",
    });

    public AccountUnavailableException NotAscii() => Unavailable(
        "knows no Unicode, so a user name, domain or workstation outside ASCII cannot be sent to it.", isTransient: false);

    public AccountUnavailableException TooLong() => Unavailable("cannot be sent a user name, domain or workstation of more than 1,024 characters. Correct the account.", isTransient: false);

    public AccountUnavailableException OverProxy() => new(
        accountName,
        $"Account '{accountName}' signs connections in with NTLM, and an http connection through a proxy is the proxy's, shared with everybody, so nothing was sent. Use https, or a handler with UseProxy = false.",
        isTransient: false);

    /// <summary>Tells whether a status says that the server is not up to it now, rather than anything about the user.</summary>
    public static bool IsOutage(int status) => status is 408 or 429 or 502 or 503 or 504;

    private string Request => $"{options.Method} {options.Path}";

    private AccountAuthenticationException Refused(string what) => new(accountName, $"Account '{accountName}' could not sign in with NTLM: {host} {what}");

    private AccountUnavailableException Unavailable(string what, bool isTransient) =>
        new(accountName, $"Account '{accountName}' could not sign in with NTLM, so nothing was sent: {host} {what}", isTransient);
}
