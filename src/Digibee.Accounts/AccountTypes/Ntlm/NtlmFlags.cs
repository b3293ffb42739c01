namespace Digibee.Accounts;

/// <summary>What client and server agree on (MS-NLMP, section 2.2.2.5). Only the flags this library reads or sends.</summary>
[Flags]
internal enum NtlmFlags : uint
{
    None = 0,
    Unicode = 0x0000_0001,
    Oem = 0x0000_0002,
    RequestTarget = 0x0000_0004,
    Ntlm = 0x0000_0200,
    AlwaysSign = 0x0000_8000,
    ExtendedSessionSecurity = 0x0008_0000,
    TargetInfo = 0x0080_0000,
    Version = 0x0200_0000,
    Strength128 = 0x2000_0000,
    KeyExchange = 0x4000_0000,
    Strength56 = 0x8000_0000,
}
