namespace Digibee.Accounts;

/// <summary>A key of a keytab, with its version (kvno).</summary>
internal sealed record KerberosKeytabKey(long Version, KerberosKey Key);
