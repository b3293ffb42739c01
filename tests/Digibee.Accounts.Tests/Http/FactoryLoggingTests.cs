using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>What the factory's own logging sees at Trace with redaction off: nothing of an account.</summary>
public sealed class FactoryLoggingTests : NetworkTest
{
    public static TheoryData<string, int> Cases => new MatrixTheoryData<string, int>(TestAccounts.All(AllowedOrigins.None).Select(static account => account.Name), [200, 302, 401, 503, 0]);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Send_LoggedAtTraceWithRedactionOff_ShowsNothingOfAnAccount(string name, int status)
    {
        var log = new RecordingLogger();
        await using var provider = await TestServices.CreateAsync(services =>
        {
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
            services.AddHttpClient("crm")
                .UseAccount(name)
                .ConfigurePrimaryHttpMessageHandler(Network.CreateHandler)
                .RedactLoggedHeaders(static _ => false)
                .AddStandardResilienceHandler(static options => options.Retry.Delay = TimeSpan.Zero);
        });
        Network.Answer = (request, response) =>
        {
            if (status == 0)
            {
                response.HttpContext.Abort();
                return;
            }

            response.StatusCode = request.Target.StartsWith("/next", StringComparison.Ordinal) ? 200 : status;
            response.Headers.Location = "/next";
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/orders?a=1") { Headers = { { "X-Mine", "visible" } } };
        using var http = provider.CreateClient("crm");

        try
        {
            using var response = await http.SendAsync(request);
        }
        catch (HttpRequestException)
        {
            // The broken connection, after the last retry.
        }

        TestAccounts.Carries(Network.Requests[0], name).Should().BeTrue();
        log.Entries.Should().Contain(static entry => entry.Contains("X-Mine: visible"), "the factory logs at Trace, unredacted");
        log.Entries.Should().Contain(entry => entry.Contains("101 AccountApplied") && entry.Contains($"'{name}'"));
        string[] never = ["s3cr3t", "Authorization", "X-Api-Key", "X-Auth-Token", "Cookie:", "api key", "api%20key", Convert.ToBase64String("Aladdin:s3cr3t/+=value~"u8)];
        log.Entries.Where(entry => never.Any(text => entry.Contains(text))).Should().BeEmpty();
    }
}
