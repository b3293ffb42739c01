namespace Digibee.Accounts;

/// <summary>The other side does not speak HTTP or NTLM as it should. It ends the sign-in and never leaves it.</summary>
/// <param name="reason">What is wrong, in words of ours: nothing that was received.</param>
internal sealed class NtlmProtocolException(string reason) : Exception(reason)
{
    public string Reason { get; } = reason;
}
