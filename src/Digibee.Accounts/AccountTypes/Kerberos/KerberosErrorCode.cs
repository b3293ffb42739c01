namespace Digibee.Accounts;

/// <summary>The codes of KRB-ERROR that mean something of their own here (RFC 4120, section 7.5.9).</summary>
internal enum KerberosErrorCode
{
    None = 0,
    ClientExpired = 1,
    ServiceExpired = 2,
    ClientUnknown = 6,
    ServiceUnknown = 7,
    ClientNotUnique = 8,
    NullKey = 9,
    Policy = 12,
    EncryptionTypeUnknown = 14,
    ClientRevoked = 18,
    ServiceRevoked = 19,
    TicketRevoked = 20,
    KeyExpired = 23,
    PreauthenticationFailed = 24,
    PreauthenticationRequired = 25,
    MustUseUserToUser = 27,
    ServiceUnavailable = 29,
    BadIntegrity = 31,
    TicketExpired = 32,
    TicketNotYetValid = 33,
    ClockSkew = 37,
    Modified = 41,
    BadKeyVersion = 44,
    ResponseTooBig = 52,
    Generic = 60,
    WrongRealm = 68,
}
