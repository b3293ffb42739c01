using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

public sealed class AccountMailOptionsValidatorTests
{
    [Fact]
    public void Validate_OfTheDefaults_Succeeds() => new AccountMailOptionsValidator().Validate(null, new AccountMailOptions()).Succeeded.Should().BeTrue();

    [Fact]
    public void Validate_OfEverythingWrong_ListsAll()
    {
        var options = new AccountMailOptions
        {
            MaxConnections = 0,
            MaxIdleConnections = -1,
            IdleTimeout = TimeSpan.Zero,
            MaxMessagesPerConnection = 0,
            ConnectTimeout = TimeSpan.FromMinutes(11),
            Timeout = TimeSpan.FromHours(2),
        };

        var result = new AccountMailOptionsValidator().Validate(null, options);

        result.Failures.Should().HaveCount(6);
        result.Failures!.Select(static failure => failure.Split(' ')[0]).Should().Equal("MaxConnections", "MaxIdleConnections", "IdleTimeout", "MaxMessagesPerConnection", "ConnectTimeout", "Timeout");
    }

    [Fact]
    public async Task Mailer_WithWrongOptions_IsNotMade()
    {
        await using var program = MailProgram.Create(static options => options.MaxConnections = 1_000);

        program.Invoking(static program => program.Mailer).Should().Throw<OptionsValidationException>().WithMessage("*MaxConnections*");
    }

    [Fact]
    public async Task GetMailer_WithoutDependencyInjection_GivesTheOneMailer()
    {
        await using var with = DigibeeAccounts.Create(static builder => Build(builder).AddMail());
        await using var without = DigibeeAccounts.Create(static builder => Build(builder));

        with.GetMailer().Should().BeSameAs(with.GetMailer());
        without.Invoking(static accounts => accounts.GetMailer()).Should().Throw<InvalidOperationException>().WithMessage("*AddMail()*");
    }

    private static IDigibeeAccountsBuilder Build(IDigibeeAccountsBuilder builder) =>
        builder.Configure(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(static _ => KeyRing.Parse(KeyRing.NewKeyText()));
}
