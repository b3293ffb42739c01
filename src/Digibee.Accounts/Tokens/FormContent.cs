using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>A form (<c>application/x-www-form-urlencoded</c>) with secrets in it: written from their bytes, without a string made of any, and wiped when the request is disposed.</summary>
internal sealed class FormContent : HttpContent
{
    private static readonly MediaTypeHeaderValue MediaType = new("application/x-www-form-urlencoded");

    private readonly SecretBufferWriter _form = new();

    public FormContent() => Headers.ContentType = MediaType;

    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            Add(name, Encoding.UTF8.GetBytes(value));
        }
    }

    public void Add(string name, Secret? value)
    {
        if (value is not null)
        {
            Add(name, value.RevealBytes());
        }
    }

    /// <summary>Writes text the way a form does; also what RFC 6749, section 2.3.1, asks for before Basic.</summary>
    public static void Encode(ReadOnlySpan<byte> utf8, SecretBufferWriter output)
    {
        foreach (var b in utf8)
        {
            if (b == ' ')
            {
                Write("+"u8, output);
            }
            else if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'*')
            {
                Write([b], output);
            }
            else
            {
                Write([(byte)'%', Digit(b >> 4), Digit(b & 0xF)], output);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _form.Dispose();
        }

        base.Dispose(disposing);
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var buffer = _form.ToSecretBuffer();
        stream.Write(buffer.Span);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) => await SerializeToStreamAsync(stream, context, CancellationToken.None).ConfigureAwait(false);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var copy = GC.AllocateUninitializedArray<byte>(_form.Length, pinned: true);
        using (var buffer = _form.ToSecretBuffer())
        {
            buffer.Span.CopyTo(copy);
        }

        try
        {
            await stream.WriteAsync(copy, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _form.Length;
        return true;
    }

    private void Add(string name, ReadOnlySpan<byte> value)
    {
        if (_form.Length > 0)
        {
            Write("&"u8, _form);
        }

        Encode(Encoding.UTF8.GetBytes(name), _form);
        Write("="u8, _form);
        Encode(value, _form);
    }

    private static void Write(ReadOnlySpan<byte> bytes, SecretBufferWriter output)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }

    private static byte Digit(int value) => (byte)"0123456789ABCDEF"[value];
}
