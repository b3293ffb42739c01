using Amazon;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>A client of the AWS SDK that is made once and signs with whatever account the vault holds at the time.</summary>
public sealed class AwsAccountCredentialsTests : IAsyncLifetime
{
    private readonly RecordingS3 _s3 = new();
    private readonly DigibeeAccounts _accounts = DigibeeAccounts.Create(static builder => builder
        .Configure(static options => options.Environment = "test")
        .UseInMemoryStore()
        .UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText())));

    [Fact]
    public async Task ListBuckets_WithAnAccountOfTheVault_IsSignedWithIt()
    {
        await _accounts.Vault.SaveAsync(Account("first secret"));
        using var client = Client();

        await client.ListBucketsAsync();

        var request = _s3.Requests.Should().ContainSingle().Subject;
        request.Header("Authorization").Should().Contain("Credential=AKIDEXAMPLE/").And.Contain("/eu-central-1/s3/aws4_request");
        request.Header("X-Amz-Security-Token").Should().BeNull();
        new AwsV4Verifier("first secret").Refuse(request, isS3: true).Should().BeNull();
        new AwsV4Verifier("second secret").Refuse(request, isS3: true).Should().NotBeNull();
    }

    [Fact]
    public async Task ListBuckets_AfterEachSavedChange_IsSignedWithTheNewRevisionByTheSameClient()
    {
        await _accounts.Vault.SaveAsync(Account("first secret"));
        using var client = Client();

        await client.ListBucketsAsync();
        await _accounts.Vault.SaveAsync(Account("second secret"));
        await client.ListBucketsAsync();
        await _accounts.Vault.SaveAsync(Account("third secret") with { AccessKeyId = "ASIATEMPORARY", SessionToken = new Secret("tok/+==") });
        await client.ListBucketsAsync();

        new AwsV4Verifier("first secret").Refuse(_s3.Requests[0], isS3: true).Should().BeNull();
        new AwsV4Verifier("second secret").Refuse(_s3.Requests[1], isS3: true).Should().BeNull();
        new AwsV4Verifier("third secret").Refuse(_s3.Requests[2], isS3: true).Should().BeNull();
        _s3.Requests[2].Header("Authorization").Should().Contain("Credential=ASIATEMPORARY/");
        _s3.Requests.Select(static request => request.Header("X-Amz-Security-Token")).Should().Equal(null, null, "tok/+==");
    }

    [Fact]
    public async Task ListBuckets_WithADeletedAccount_FailsAndSendsNothing()
    {
        await _accounts.Vault.SaveAsync(Account("first secret"));
        using var client = Client();
        await _accounts.Vault.DeleteAsync("archive");

        var listing = () => client.ListBucketsAsync();

        (await listing.Should().ThrowAsync<AccountNotFoundException>()).Which.AccountName.Should().Be("archive");
        _s3.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task GetCredentials_ForOneRevision_AreOneInstance()
    {
        await _accounts.Vault.SaveAsync(Account("first secret"));
        var credentials = _accounts.Vault.GetAwsCredentials("archive");

        var synchronously = credentials.GetCredentials();
        var first = await credentials.GetCredentialsAsync();
        var again = await credentials.GetCredentialsAsync();

        first.SecretKey.Should().Be("first secret");
        again.Should().BeSameAs(first).And.BeSameAs(synchronously);
    }

    [Fact]
    public async Task GetCredentials_OfAnAccountOfAnotherType_AreRefusedByName()
    {
        await _accounts.Vault.SaveAsync(new OAuthBearerAccount { Name = "archive", Token = new Secret("t0ken") });
        var credentials = _accounts.Vault.GetAwsCredentials("archive");
        var asking = () => credentials.GetCredentialsAsync();

        var error = (await asking.Should().ThrowAsync<AccountTypeMismatchException>()).Which;

        error.AccountName.Should().Be("archive");
        error.Message.Should().Contain("OAuth Bearer").And.Contain("AWS V4").And.NotContain("t0ken");
    }

    [Fact]
    public void GetAwsCredentials_WithoutAName_IsRefused()
    {
        var asking = () => _accounts.Vault.GetAwsCredentials("");

        asking.Should().Throw<ArgumentException>();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();

    private static AwsV4Account Account(string secret) => new() { Name = "archive", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = new Secret(secret) };

    private AmazonS3Client Client() => new(
        _accounts.Vault.GetAwsCredentials("archive"),
        new AmazonS3Config { RegionEndpoint = RegionEndpoint.EUCentral1, HttpClientFactory = _s3, CacheHttpClient = false });
}
