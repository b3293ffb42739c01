namespace Digibee.Accounts;

/// <summary>What tells one grant's tokens from another's in memory. Two revisions of an account that differ in nothing of it share them.</summary>
/// <param name="Scope">The scope of execution; <see langword="null"/> for stored accounts.</param>
/// <param name="Address">The account.</param>
/// <param name="Fingerprint">What decides the grant and is no secret, audience and scopes included: <see cref="TokenFingerprint"/>.</param>
/// <param name="Proof">A hash of the secrets that decide the grant. It stands in the sealed row and never in its name: nobody who reads the store can guess secrets by it.</param>
internal readonly record struct TokenKey(AccountScope? Scope, AccountAddress Address, string Fingerprint, Secret Proof)
{
    /// <summary>Gets whether the tokens are kept in the store. Nothing of a scope is.</summary>
    public bool IsStored => Scope is null;

    /// <summary>Gets the name of the row: deleting the account finds it by prefix, and it is no account's name.</summary>
    public string RowName => $"{Address.Name}#{Fingerprint}";

    /// <summary>Tells whether a row is the one of these tokens. No allocation: each change of any row asks for each grant.</summary>
    public bool IsOfRow(in RecordKey row) =>
        row.Name.Length == Address.Name.Length + 1 + Fingerprint.Length
        && row.Name.StartsWith(Address.Name, StringComparison.Ordinal)
        && row.Name.EndsWith(Fingerprint, StringComparison.Ordinal)
        && row.Partition == Address.Partition;
}
