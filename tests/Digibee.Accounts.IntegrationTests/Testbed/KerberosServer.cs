namespace Digibee.Accounts;

/// <summary>The realm that tests share which change nothing of it but principals of their own.</summary>
[CollectionDefinition]
public sealed class KerberosServer : ICollectionFixture<KerberosServer>, IAsyncLifetime
{
    internal KerberosTestRealm Realm { get; } = new();

    public ValueTask InitializeAsync() => Realm.InitializeAsync();

    public ValueTask DisposeAsync() => Realm.DisposeAsync();
}
