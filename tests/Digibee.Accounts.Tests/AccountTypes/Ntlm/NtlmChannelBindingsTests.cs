using System.Net.Security;

namespace Digibee.Accounts;

public sealed class NtlmChannelBindingsTests
{
    [Fact]
    public void Hash_OfMicrosoftsPublishedExample_IsAsPublished()
    {
        byte[] applicationData = [.. "tls-server-end-point:"u8, .. Convert.FromHexString("ea05fefecc6b0bd571dbbc5baa3ed45386d0446835f7b74c85621b9983475f95")];
        var hash = new byte[NtlmHash.Length];

        NtlmChannelBindings.Hash(applicationData, hash);

        hash.Should().Equal(NtlmExample.ChannelBindings);
    }

    [Fact]
    public async Task Hash_OfATlsConnection_IsThatOfItsCertificate()
    {
        using var certificate = TestCertificates.SelfSigned("CN=localhost");
        var (server, client) = await NtlmTestPair.ConnectAsync();
        await using var serverTls = new SslStream(server);
        await using var clientTls = new SslStream(client, leaveInnerStreamOpen: false, (_, presented, _, _) => certificate.Equals(presented));
        await Task.WhenAll(serverTls.AuthenticateAsServerAsync(certificate), clientTls.AuthenticateAsClientAsync("localhost"));
        var expected = new byte[NtlmHash.Length];
        NtlmChannelBindings.Hash((byte[])[.. "tls-server-end-point:"u8, .. System.Security.Cryptography.SHA256.HashData(certificate.RawData)], expected);
        var hash = new byte[NtlmHash.Length];

        NtlmChannelBindings.Hash(clientTls, hash);

        hash.Should().Equal(expected);
    }

    [Fact]
    public void Hash_OfAConnectionInClear_IsZeros()
    {
        var hash = Enumerable.Repeat((byte)1, NtlmHash.Length).ToArray();

        NtlmChannelBindings.Hash(Stream.Null, hash);

        hash.Should().OnlyContain(static value => value == 0);
    }
}
