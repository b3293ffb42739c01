using System.Buffers.Binary;
using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Authentication.ExtendedProtection;

namespace Digibee.Accounts;

/// <summary>What binds a sign-in to the TLS connection it is sent over, so that whoever sits between cannot pass it on (RFC 5929 <c>tls-server-end-point</c>; MS-NLMP, section 2.2.2.1).</summary>
internal static class NtlmChannelBindings
{
    // gss_channel_bindings_struct of RFC 2744: two address types and lengths, all zero, then the length of the data.
    private const int HeaderLength = 20;

    // SEC_CHANNEL_BINDINGS, in which the framework hands it out: eight numbers, of which the last two say how long the data is and where it begins.
    private const int NativeHeaderLength = 32;

    /// <summary>Hashes the bindings of a connection.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="hash">Takes the 16 bytes: zeros without TLS, and for a certificate whose signature has no hash, for which RFC 5929 defines none.</param>
    public static void Hash(Stream stream, Span<byte> hash)
    {
        hash.Clear();
        using var binding = (stream as SslStream)?.TransportContext?.GetChannelBinding(ChannelBindingKind.Endpoint);
        if (binding is null || binding.IsInvalid || binding.Size <= NativeHeaderLength)
        {
            return;
        }

        var native = new byte[binding.Size];
        Marshal.Copy(binding.DangerousGetHandle(), native, 0, native.Length);
        Hash(native.AsSpan(NativeHeaderLength), hash);
    }

    /// <summary>Hashes application data, such as <c>tls-server-end-point:</c> and the certificate's hash.</summary>
    /// <param name="applicationData">The data.</param>
    /// <param name="hash">Takes the 16 bytes.</param>
    public static void Hash(ReadOnlySpan<byte> applicationData, Span<byte> hash)
    {
        var bindings = new byte[HeaderLength + applicationData.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bindings.AsSpan(HeaderLength - sizeof(int)), applicationData.Length);
        applicationData.CopyTo(bindings.AsSpan(HeaderLength));
        NtlmHash.Md5(bindings, hash);
    }
}
