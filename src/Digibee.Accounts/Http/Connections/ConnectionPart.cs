namespace Digibee.Accounts;

/// <summary>What of a connection proves an account. A message may carry one account for each part.</summary>
internal enum ConnectionPart
{
    /// <summary>The client certificate of the TLS handshake.</summary>
    Certificate = 0,

    /// <summary>A sign-in that holds for the connection from then on, such as NTLM's.</summary>
    SignIn = 1,
}
