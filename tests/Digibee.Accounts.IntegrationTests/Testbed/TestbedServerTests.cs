using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Xunit.Sdk;

namespace Digibee.Accounts;

/// <summary>The servers themselves, before any account: a test that talks to one believes these.</summary>
public sealed class TestbedServerTests
{
    [Theory]
    [InlineData("apache-ntlm", "URL", HttpStatusCode.Unauthorized, "NTLM")]
    [InlineData("kerberos", "URL", HttpStatusCode.Unauthorized, "Negotiate")]
    [InlineData("nginx-mtls", "TLS13_URL", HttpStatusCode.BadRequest, "No required SSL certificate was sent")]
    [InlineData("s3-swift", "ENDPOINT", HttpStatusCode.Forbidden, "<Code>AccessDenied</Code>")]
    public Task Server_OfTheTestbed_RefusesAStrangerAndIsGoneAfterItsEnd(string name, string address, HttpStatusCode status, string says) => RefuseAStrangerAsync(name, address, status, says);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Server_OfCeph_RefusesAStrangerAndIsGoneAfterItsEnd() => RefuseAStrangerAsync("s3-radosgw", "ENDPOINT", HttpStatusCode.Forbidden, "<Code>AccessDenied</Code>");

    [Fact]
    public async Task Server_WhoseOwnerIsKilled_Ends()
    {
        await SkipWithoutAsync("kerberos");
        using var owner = Process.Start("sleep", "600");
        var start = await TestbedScript.RunAsync("testbed/kerberos/start.sh", [], new Dictionary<string, string>(StringComparer.Ordinal) { ["TESTBED_OWNER"] = owner.Id.ToString(CultureInfo.InvariantCulture) });
        var folder = start.Output.Split('\n')[0]["DIR=".Length..];
        Directory.Exists(folder).Should().BeTrue();

        owner.Kill();

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (Directory.Exists(folder))
        {
            await Task.Delay(50, limit.Token);
        }
    }

    [Fact]
    public async Task Server_ThatDoesNotStart_SaysWhyAndLeavesNothing()
    {
        await SkipWithoutAsync("nginx-mtls");
        var folder = Directory.CreateTempSubdirectory("accounts-");
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "nginx"), "/bin/false");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
            ["TMPDIR"] = folder.FullName,
        };

        var start = await TestbedScript.RunAsync("testbed/nginx-mtls/start.sh", [], environment);

        start.ExitCode.Should().Be(1);
        start.Output.Should().BeEmpty();
        start.Error.Should().Contain("nginx has ended");
        folder.GetFileSystemInfos().Select(static entry => entry.Name).Should().Equal("nginx");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task InitializeAsync_OfAServerNobodyKnows_Throws()
    {
        await SkipWithoutAsync("nginx-mtls");
        await using var server = new TestbedServer("no-such-server");

        await server.Awaiting(static server => server.InitializeAsync().AsTask()).Should().ThrowAsync<InvalidOperationException>().WithMessage("*unknown topic: no-such-server*");
    }

    [Fact]
    public void LeaveOut_OnAMachineOfADeveloper_Skips()
    {
        var leavingOut = static () => TestbedServer.LeaveOut("not installed", isFailure: false);

        leavingOut.Should().Throw<SkipException>().WithMessage("*not installed");
    }

    [Fact]
    public void LeaveOut_WhereEverythingHasToBeThere_Fails()
    {
        var leavingOut = static () => TestbedServer.LeaveOut("not installed", isFailure: true);

        leavingOut.Should().Throw<FailException>().WithMessage("not installed");
    }

    private static async Task RefuseAStrangerAsync(string name, string address, HttpStatusCode status, string says)
    {
        var server = new TestbedServer(name);
        await using var running = server;
        await server.InitializeAsync();
        var folder = server["DIR"];
        var uri = new Uri(server[address]);
        using var client = CreateClient(folder);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if (name.StartsWith("s3-", StringComparison.Ordinal))
        {
            // Without any signature, Swift does not take it for a request to S3.
            request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=no:body/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00");
        }

        using var response = await client.SendAsync(request);

        response.StatusCode.Should().Be(status);
        $"{response.Headers.WwwAuthenticate} {await response.Content.ReadAsStringAsync()}".Should().Contain(says);
        await server.DisposeAsync();
        Directory.Exists(folder).Should().BeFalse();
        using var stranger = CreateClient(folder: null);
        (await stranger.Invoking(stranger => stranger.GetAsync(uri)).Should().ThrowAsync<HttpRequestException>()).Which.HttpRequestError.Should().Be(HttpRequestError.ConnectionError);
    }

    private static async Task SkipWithoutAsync(string name)
    {
        if (await TestbedServer.FindMissingAsync(name) is { } missing)
        {
            TestbedServer.LeaveOut(missing, TestbedServer.IsRequired);
        }
    }

    // Trusts the root of nginx-mtls, where there is one.
    private static HttpClient CreateClient(string? folder)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (File.Exists($"{folder}/root.crt"))
        {
            handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile($"{folder}/root.crt"));
        }

        return new HttpClient(handler);
    }
}
