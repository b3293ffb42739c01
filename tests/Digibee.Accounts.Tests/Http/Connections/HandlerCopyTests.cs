using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Security;
using System.Reflection;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>The copy has everything the original has: what this version of .NET knows, and nothing forgotten when the next one adds to it.</summary>
public sealed class HandlerCopyTests
{
    // Those two have tests of their own. One that cannot be set fails here: it would be a collection, to be copied by its elements.
    public static TheoryData<string> HandlerProperties => [.. PropertiesOf(typeof(SocketsHttpHandler)).Where(static name => name is not (nameof(SocketsHttpHandler.SslOptions) or nameof(SocketsHttpHandler.Properties)))];

    public static TheoryData<string> SslProperties => [.. PropertiesOf(typeof(SslClientAuthenticationOptions))];

    [Theory]
    [MemberData(nameof(HandlerProperties))]
    public void Of_AHandlerWithThisPropertySet_HasItToo(string name)
    {
        using var source = new SocketsHttpHandler();
        var property = typeof(SocketsHttpHandler).GetProperty(name)!;
        var value = Sample(property);
        property.SetValue(source, value);

        using var copy = HandlerCopy.Of(source);

        property.GetValue(copy).Should().Be(value);
    }

    [Theory]
    [MemberData(nameof(SslProperties))]
    public void Of_AHandlerWithThisTlsPropertySet_HasItTooInAnObjectOfItsOwn(string name)
    {
        using var source = new SocketsHttpHandler();
        var property = typeof(SslClientAuthenticationOptions).GetProperty(name)!;
        var value = Sample(property);
        property.SetValue(source.SslOptions, value);

        using var copy = HandlerCopy.Of(source);

        property.GetValue(copy.SslOptions).Should().Be(value);
        copy.SslOptions.Should().NotBeSameAs(source.SslOptions);
    }

    [Fact]
    public void Of_AHandlerWithPropertiesOfTheCallers_HasThemToo()
    {
        using var source = new SocketsHttpHandler();
        source.Properties["key"] = "value";

        using var copy = HandlerCopy.Of(source);

        copy.Properties.Should().ContainSingle().Which.Should().Be(new KeyValuePair<string, object?>("key", "value"));
    }

    [Fact]
    public async Task Of_AHandlerThatHasSent_CanStillBeSetUp()
    {
        await using var network = await TestNetwork.StartAsync();
        using var source = network.CreateHandler();
        using var client = new HttpClient(source, disposeHandler: false);
        using var response = await client.GetAsync("https://api.example/");

        using var copy = HandlerCopy.Of(source);
        var settingUp = () => copy.SslOptions.ClientCertificateContext = null;

        settingUp.Should().NotThrow();
    }

    private static IEnumerable<string> PropertiesOf(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static property => property.Name);

    // Never the default: a property that is not copied shows.
    private static object Sample(PropertyInfo property)
    {
        var type = property.PropertyType;
        object original = type.IsValueType ? property.GetValue(property.DeclaringType == typeof(SocketsHttpHandler) ? new SocketsHttpHandler() : new SslClientAuthenticationOptions())! : "";
        return original switch
        {
            bool value => !value,
            int value => value == int.MaxValue ? 7 : value + 1,
            TimeSpan value => value > TimeSpan.Zero ? value + TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(77),
            DecompressionMethods => DecompressionMethods.Brotli,
            HttpKeepAlivePingPolicy => HttpKeepAlivePingPolicy.WithActiveRequests,
            X509RevocationMode => X509RevocationMode.Online,
            SslProtocols => SslProtocols.Tls13,
#pragma warning disable SYSLIB0040 // Obsolete, and copied all the same.
            EncryptionPolicy => EncryptionPolicy.AllowNoEncryption,
#pragma warning restore SYSLIB0040
            _ => Reference(property),
        };
    }

    private static object Reference(PropertyInfo property) => property.Name switch
    {
        nameof(SocketsHttpHandler.ActivityHeadersPropagator) => DistributedContextPropagator.CreateNoOutputPropagator(),
        nameof(SocketsHttpHandler.ConnectCallback) => new Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>(static (_, _) => throw new NotSupportedException()),
        nameof(SocketsHttpHandler.CookieContainer) => new CookieContainer(),
        nameof(SocketsHttpHandler.Credentials) or nameof(SocketsHttpHandler.DefaultProxyCredentials) => new NetworkCredential(),
        nameof(SocketsHttpHandler.MeterFactory) => new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(),
        nameof(SocketsHttpHandler.PlaintextStreamFilter) => new Func<SocketsHttpPlaintextStreamFilterContext, CancellationToken, ValueTask<Stream>>(static (_, _) => throw new NotSupportedException()),
        nameof(SocketsHttpHandler.Proxy) => new WebProxy("http://proxy.example"),
        nameof(SocketsHttpHandler.RequestHeaderEncodingSelector) or nameof(SocketsHttpHandler.ResponseHeaderEncodingSelector) => new HeaderEncodingSelector<HttpRequestMessage>(static (_, _) => Encoding.UTF8),
        nameof(SslClientAuthenticationOptions.ApplicationProtocols) => new List<SslApplicationProtocol> { SslApplicationProtocol.Http11 },
        nameof(SslClientAuthenticationOptions.CertificateChainPolicy) => new X509ChainPolicy(),
        nameof(SslClientAuthenticationOptions.CipherSuitesPolicy) => CipherSuites(),
        nameof(SslClientAuthenticationOptions.ClientCertificateContext) => SslStreamCertificateContext.Create(TestCertificates.SelfSigned("CN=sample"), additionalCertificates: null, offline: true),
        nameof(SslClientAuthenticationOptions.ClientCertificates) => new X509CertificateCollection(),
        nameof(SslClientAuthenticationOptions.LocalCertificateSelectionCallback) => new LocalCertificateSelectionCallback(static (_, _, _, _, _) => throw new NotSupportedException()),
        nameof(SslClientAuthenticationOptions.RemoteCertificateValidationCallback) => new RemoteCertificateValidationCallback(static (_, _, _, _) => false),
        nameof(SslClientAuthenticationOptions.TargetHost) => "host.example",
        var added => throw new InvalidOperationException($".NET has a new property, {added}: copy it in HandlerCopy, and give it a sample here."),
    };

    private static CipherSuitesPolicy CipherSuites() =>
        OperatingSystem.IsLinux() ? new CipherSuitesPolicy([TlsCipherSuite.TLS_AES_128_GCM_SHA256]) : throw new PlatformNotSupportedException();
}
