namespace Digibee.Accounts;

/// <summary>One request as both sides saw it, by the clock they share.</summary>
/// <param name="Started">Before the client was called.</param>
/// <param name="Received">When the server had it.</param>
/// <param name="Credential">The number of the credential it carried.</param>
internal sealed record SentRequest(long Started, long Received, int Credential);
