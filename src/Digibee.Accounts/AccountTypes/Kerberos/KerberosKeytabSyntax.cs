using System.Buffers;
using System.Buffers.Text;

namespace Digibee.Accounts;

/// <summary>The outside of a keytab. Its entries are read by whoever takes a key from it.</summary>
internal static class KerberosKeytabSyntax
{
    public static void Inspect(ReadOnlySpan<byte> base64, AccountInspection inspection, string field)
    {
        // Lines are as wide as the tool that wrote them likes; the decoder skips white space.
        var most = Base64.GetMaxDecodedFromUtf8Length(base64.Length);
        using var keytab = new SecretBuffer(most, most);
        if (Base64.DecodeFromUtf8(base64, keytab.Span, out _, out var length) != OperationStatus.Done)
        {
            inspection.Refuse(field, "it is not base64. Encode the keytab file as a whole, such as with base64 -w0.");
        }
        else if (length <= 2 || keytab.Span[0] != 5 || keytab.Span[1] != 2)
        {
            inspection.Refuse(field, "it is not a keytab of version 0x0502, or holds no key. Write one with ktutil, kadmin or ktpass.");
        }
    }
}
