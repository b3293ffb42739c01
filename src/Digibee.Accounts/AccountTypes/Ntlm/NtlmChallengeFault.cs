namespace Digibee.Accounts;

/// <summary>Why a challenge cannot be answered.</summary>
internal enum NtlmChallengeFault
{
    None = 0,
    WrongLength,
    NotAChallenge,
    NoCharacterSet,
    MalformedTargetInfo,
}
