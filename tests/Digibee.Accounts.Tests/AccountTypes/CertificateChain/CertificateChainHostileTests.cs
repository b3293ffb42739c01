using System.Formats.Asn1;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Texts that ask a save for more work than any chain needs. Measured by what the work leaves behind rather than by the clock: a derivation of these takes many minutes, or a gibibyte.</summary>
public sealed class CertificateChainHostileTests : IAsyncLifetime
{
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync() => _services = await TestServices.CreateAsync(static _ => { });

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    public async Task SaveAsync_OfAKeyThatAsksForTooManyRounds_DerivesNothing(long rounds)
    {
        var saving = Task.Run(() => SaveAsync(Pbkdf2(rounds)));

        await RefusesAsync(() => saving.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData(1 << 20, 8, 1)]
    [InlineData(1 << 17, 8, 1)]
    [InlineData(2, 1 << 20, 8)]
    [InlineData(1 << 14, 8, 1 << 20)]
    public async Task SaveAsync_OfAKeyThatAsksForTooMuchMemory_TakesNone(long cost, long blockSize, long parallelization)
    {
        var text = Scrypt(cost, blockSize, parallelization);
        await RefusesAsync(() => SaveAsync(text));
        var before = GC.GetAllocatedBytesForCurrentThread();

        // On this thread to its end: a save that is refused waits for nothing.
        var saving = SaveAsync(text);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        saving.IsFaulted.Should().BeTrue();
        allocated.Should().BeLessThan(1_000_000);
        await RefusesAsync(() => saving);
    }

    private static async Task RefusesAsync(Func<Task> saving) =>
        (await saving.Should().ThrowExactlyAsync<AccountValidationException>()).Which.Problems.Should().ContainSingle().Which.Message.Should().Contain("more rounds of key derivation");

    private static string Pbkdf2(long rounds) => EncryptedKey(writer =>
    {
        writer.WriteObjectIdentifier("1.2.840.113549.1.5.12");
        using (writer.PushSequence())
        {
            writer.WriteOctetString(new byte[16]);
            writer.WriteInteger(rounds);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.113549.2.9");
                writer.WriteNull();
            }
        }
    });

    private static string Scrypt(long cost, long blockSize, long parallelization) => EncryptedKey(writer =>
    {
        writer.WriteObjectIdentifier("1.3.6.1.4.1.11591.4.11");
        using (writer.PushSequence())
        {
            writer.WriteOctetString(new byte[16]);
            writer.WriteInteger(cost);
            writer.WriteInteger(blockSize);
            writer.WriteInteger(parallelization);
        }
    });

    // PBES2 of RFC 8018, appendix A.4, with AES-256-CBC.
    private static string EncryptedKey(Action<AsnWriter> writeDerivation)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.113549.1.5.13");
                using (writer.PushSequence())
                {
                    using (writer.PushSequence())
                    {
                        writeDerivation(writer);
                    }

                    using (writer.PushSequence())
                    {
                        writer.WriteObjectIdentifier("2.16.840.1.101.3.4.1.42");
                        writer.WriteOctetString(new byte[16]);
                    }
                }
            }

            writer.WriteOctetString(new byte[160]);
        }

        return PemEncoding.WriteString("ENCRYPTED PRIVATE KEY", writer.Encode()) + "\n";
    }

    private Task<AccountSummary> SaveAsync(string keys) => _services.GetRequiredService<IAccountVault>().SaveAsync(new CertificateChainAccount
    {
        Name = "mtls",
        Chain = new Secret(TestCertificates.Pem(TestMutualTls.Issuing) + keys),
        Password = new Secret("password"),
        AllowedOrigins = ["https://api.example"],
    }).AsTask();
}
