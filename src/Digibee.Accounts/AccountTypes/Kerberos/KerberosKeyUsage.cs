namespace Digibee.Accounts;

/// <summary>What a key is used for, so that nothing made for one message passes in another (RFC 4120, section 7.5.1).</summary>
internal enum KerberosKeyUsage
{
    None = 0,
    AsRequestTimestamp = 1,
    AsReply = 3,
    TgsRequestChecksum = 6,
    TgsRequestAuthenticator = 7,
    TgsReply = 8,
    ApRequestAuthenticator = 11,
    ApReply = 12,
}
