using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>How long the certificate of a revision can sign connections in.</summary>
public sealed class CertificateChainCredentialTests
{
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task SendAsync_ThatConnectsOverAMinuteAfterARotation_PresentsTheCertificateItBeganWith(string version)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await TestMutualTls.StartAsync();
        var connecting = new TaskCompletionSource();
        var connect = new TaskCompletionSource();
        await using var services = await TestServices.CreateAsync(services =>
        {
            services.AddSingleton<TimeProvider>(time);
            services.AddHttpClient("mtls").UseAccount("a").ConfigurePrimaryHttpMessageHandler(() =>
            {
                var handler = server.CreateHandler();
                handler.ConnectCallback = async (context, cancellationToken) =>
                {
                    connecting.TrySetResult();
                    await connect.Task;
                    return await server.ConnectAsync(context, cancellationToken);
                };
                return handler;
            });
        });
        var vault = services.GetRequiredService<IAccountVault>();
        await vault.SaveAsync(TestMutualTls.Account("a", "CN=before"));
        using var client = services.CreateClient("mtls");
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example/") { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        var sending = client.SendAsync(message);
        await connecting.Task;
        await vault.SaveAsync(TestMutualTls.Account("a", "CN=after"));
        time.Advance(TimeSpan.FromSeconds(61));
        connect.SetResult();
        using var response = await sending;

        response.Headers.GetValues("X-Identity").Should().Equal("CN=before");
    }

    [Fact]
    public void Dispose_ByTheLastOwner_DisposesTheCertificate()
    {
        var credential = new CertificateChainCredential(TestSource.Opened(TestMutualTls.Account("a", "CN=a")), TimeProvider.System);
        var certificate = credential.Context.TargetCertificate;
        credential.TryOwn().Should().BeTrue();

        credential.Dispose();
        var withOneOwnerLeft = certificate.Handle;
        credential.Dispose();

        withOneOwnerLeft.Should().NotBe(IntPtr.Zero);
        certificate.Handle.Should().Be(IntPtr.Zero);
        credential.TryOwn().Should().BeFalse();
    }
}
