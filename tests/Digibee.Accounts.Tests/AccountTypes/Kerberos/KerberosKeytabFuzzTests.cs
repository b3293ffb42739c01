namespace Digibee.Accounts;

[Trait("Category", "Fuzz")]
public sealed class KerberosKeytabFuzzTests
{
    private static readonly KerberosPrincipal User = new("EXAMPLE.COM", KerberosNameType.Principal, "HTTP", "web.example");

    private static readonly byte[][] Corpus =
    [
        new KerberosTestKeytab().Entry("EXAMPLE.COM", ["HTTP", "web.example"], 2, 18, KerberosTestKeytab.Key(32, 1)).Hole(9)
            .Entry("EXAMPLE.COM", ["HTTP", "web.example"], 300, 17, KerberosTestKeytab.Key(16, 2), writeWideVersion: true).Bytes,
        new KerberosTestKeytab().Raw(0x80, 0, 0, 0).Bytes,
        new KerberosTestKeytab().Raw(0, 0, 0, 0).Bytes,
        [5, 1],
    ];

    [Fact]
    public void Read_OfAnyBytes_KeepsKeysOfTheRightLengthAndNeverThrows() => Fuzzer.Run(Corpus, static input =>
    {
        using var keytab = KerberosKeytab.Read(input, User, allowRc4: true);
        var reader = new KerberosKeytabReader(input);
        while (reader.TryRead(out var entry))
        {
            entry.Key.Length.Should().BeLessThan(input.Length);
        }

        keytab.Keys.Count.Should().BeLessThanOrEqualTo(reader.Count);
    });
}
