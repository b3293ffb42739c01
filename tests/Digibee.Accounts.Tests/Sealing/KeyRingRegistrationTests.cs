using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>The key rings that a builder can be given, and who disposes them.</summary>
public sealed class KeyRingRegistrationTests
{
    [Fact]
    public void UseKeyRing_WithARing_LeavesItToItsMaker()
    {
        using var ring = TestSeals.Ring(1);
        using (var services = Services(builder => builder.UseKeyRing(ring)))
        {
            services.GetRequiredService<KeyRing>().Should().BeSameAs(ring);
        }

        var record = new AccountSealer(ring).Seal(TestSeals.Context, [1]);

        record.Should().NotBeEmpty("the ring is still in use");
    }

    [Fact]
    public void UseKeyRing_WithAFunction_ReadsTheConfigurationOnceAndIsDisposedByTheContainer()
    {
        var configuration = new ConfigurationManager { ["AccountKeys"] = KeyRing.NewKeyText() };
        KeyRing ring;
        using (var services = Services(builder =>
        {
            builder.Services.AddSingleton<IConfiguration>(configuration);
            builder.UseKeyRing(static provider => KeyRing.Parse(provider.GetRequiredService<IConfiguration>()["AccountKeys"]!));
        }))
        {
            ring = services.GetRequiredService<KeyRing>();
            services.GetRequiredService<KeyRing>().Should().BeSameAs(ring);
        }

        var sealing = () => new AccountSealer(ring).Seal(TestSeals.Context, [1]);

        sealing.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void UseKeyRing_WithAFunctionThatReturnsNull_SaysSo()
    {
        using var services = Services(static builder => builder.UseKeyRing(static _ => null!));

        var resolving = () => services.GetRequiredService<KeyRing>();

        resolving.Should().Throw<InvalidOperationException>().WithMessage("*UseKeyRing returned null*");
    }

    [Fact]
    public void UseKeyRing_CalledAgain_IsTheLastOne()
    {
        using var first = TestSeals.Ring(1);
        using var second = TestSeals.Ring(2);
        using var services = Services(builder => builder.UseDevelopmentKeyRing().UseKeyRing(first).UseKeyRing(second));

        services.GetServices<KeyRing>().Should().Equal(second);
    }

    [Fact]
    public void UseDevelopmentKeyRing_InProduction_IsRefused()
    {
        using var services = Services(static builder => builder.UseDevelopmentKeyRing(), "prod");

        var resolving = () => services.GetRequiredService<KeyRing>();

        resolving.Should().Throw<InvalidOperationException>().WithMessage("*UseDevelopmentKeyRing() is not for environment 'prod'*");
    }

    private static ServiceProvider Services(Action<IDigibeeAccountsBuilder> configure, string environment = "test")
    {
        var builder = new ServiceCollection().AddDigibeeAccounts(options => options.Environment = environment);
        configure(builder);
        return builder.Services.BuildServiceProvider();
    }
}
