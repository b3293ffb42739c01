namespace Digibee.Accounts;

/// <summary>What kind of name a principal has (RFC 4120, section 6.2). A hint: names are equal without it.</summary>
internal enum KerberosNameType
{
    Unknown = 0,
    Principal = 1,
    ServiceInstance = 2,

    // KDCs of MIT refer names of this kind to another realm; those of Active Directory do so for both.
    ServiceHost = 3,
}
