namespace Digibee.Accounts;

/// <summary>The first message: what this client can do (MS-NLMP, section 2.2.1.1). It says nothing of the account, so it is the same for all.</summary>
internal static class NtlmNegotiateMessage
{
    /// <summary>What is offered. No key exchange, signing or sealing: nothing after the sign-in is protected by NTLM over HTTP, so there is no session key to carry and no RC4.</summary>
    public const NtlmFlags Offered = NtlmFlags.Unicode | NtlmFlags.Oem | NtlmFlags.RequestTarget | NtlmFlags.Ntlm | NtlmFlags.AlwaysSign | NtlmFlags.ExtendedSessionSecurity
        | NtlmFlags.TargetInfo | NtlmFlags.Version | NtlmFlags.Strength128 | NtlmFlags.Strength56;

    /// <summary>Gets the 40 bytes. With the version, though it is for debugging only: gss-ntlmssp 1.2.0 refuses 32 bytes.</summary>
    public static ReadOnlySpan<byte> Bytes =>
    [
        (byte)'N', (byte)'T', (byte)'L', (byte)'M', (byte)'S', (byte)'S', (byte)'P', 0,
        1, 0, 0, 0,
        (byte)((uint)Offered & 0xFF), (byte)(((uint)Offered >> 8) & 0xFF), (byte)(((uint)Offered >> 16) & 0xFF), (byte)((uint)Offered >> 24),
        0, 0, 0, 0, 0, 0, 0, 0, // no domain
        0, 0, 0, 0, 0, 0, 0, 0, // no workstation
        10, 0, 0, 0, 0, 0, 0, 15, // Windows 10.0, NTLM revision 15
    ];
}
