using System.Net.Security;

namespace Digibee.Accounts;

/// <summary>Copies a handler's settings, so that proxy, trust, time-outs and callbacks of a connection account's requests stay the user's.</summary>
/// <remarks>By hand, for native AOT. A test reads the framework's types and fails when a property is added.</remarks>
internal static class HandlerCopy
{
    public static SocketsHttpHandler Of(SocketsHttpHandler source)
    {
        var copy = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = source.ActivityHeadersPropagator,
            AllowAutoRedirect = source.AllowAutoRedirect,
            AutomaticDecompression = source.AutomaticDecompression,
            ConnectCallback = source.ConnectCallback,
            ConnectTimeout = source.ConnectTimeout,
            CookieContainer = source.CookieContainer,
            Credentials = source.Credentials,
            DefaultProxyCredentials = source.DefaultProxyCredentials,
            EnableMultipleHttp2Connections = source.EnableMultipleHttp2Connections,
            EnableMultipleHttp3Connections = source.EnableMultipleHttp3Connections,
            Expect100ContinueTimeout = source.Expect100ContinueTimeout,
            InitialHttp2StreamWindowSize = source.InitialHttp2StreamWindowSize,
            KeepAlivePingDelay = source.KeepAlivePingDelay,
            KeepAlivePingPolicy = source.KeepAlivePingPolicy,
            KeepAlivePingTimeout = source.KeepAlivePingTimeout,
            MaxAutomaticRedirections = source.MaxAutomaticRedirections,
            MaxConnectionsPerServer = source.MaxConnectionsPerServer,
            MaxResponseDrainSize = source.MaxResponseDrainSize,
            MaxResponseHeadersLength = source.MaxResponseHeadersLength,
            MeterFactory = source.MeterFactory,
            PlaintextStreamFilter = source.PlaintextStreamFilter,
            PooledConnectionIdleTimeout = source.PooledConnectionIdleTimeout,
            PooledConnectionLifetime = source.PooledConnectionLifetime,
            PreAuthenticate = source.PreAuthenticate,
            Proxy = source.Proxy,
            RequestHeaderEncodingSelector = source.RequestHeaderEncodingSelector,
            ResponseDrainTimeout = source.ResponseDrainTimeout,
            ResponseHeaderEncodingSelector = source.ResponseHeaderEncodingSelector,
            SslOptions = Of(source.SslOptions),
            UseCookies = source.UseCookies,
            UseProxy = source.UseProxy,
        };
        foreach (var (name, value) in source.Properties)
        {
            copy.Properties[name] = value;
        }

        return copy;
    }

    // A copy and not the same object: the client certificate is set on it.
    private static SslClientAuthenticationOptions Of(SslClientAuthenticationOptions source)
    {
        var copy = new SslClientAuthenticationOptions
        {
            AllowRenegotiation = source.AllowRenegotiation,
            AllowTlsResume = source.AllowTlsResume,
            ApplicationProtocols = source.ApplicationProtocols,
            CertificateChainPolicy = source.CertificateChainPolicy,
            CertificateRevocationCheckMode = source.CertificateRevocationCheckMode,
            CipherSuitesPolicy = source.CipherSuitesPolicy,
            ClientCertificateContext = source.ClientCertificateContext,
            ClientCertificates = source.ClientCertificates,
            EnabledSslProtocols = source.EnabledSslProtocols,
            EncryptionPolicy = source.EncryptionPolicy,
            LocalCertificateSelectionCallback = source.LocalCertificateSelectionCallback,
            RemoteCertificateValidationCallback = source.RemoteCertificateValidationCallback,
            TargetHost = source.TargetHost,
        };

        // Elsewhere the platform does not know them.
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            copy.AllowRsaPkcs1Padding = source.AllowRsaPkcs1Padding;
            copy.AllowRsaPssPadding = source.AllowRsaPssPadding;
        }

        return copy;
    }
}
