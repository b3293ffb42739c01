namespace Digibee.Accounts;

/// <summary>How a symmetric key is written.</summary>
public enum SecretKeyEncoding
{
    /// <summary>The key is the text's UTF-8 bytes.</summary>
    Text = 0,

    /// <summary>Two hexadecimal digits a byte.</summary>
    Hexadecimal = 1,

    /// <summary>Base64 with padding (RFC 4648, section 4).</summary>
    Base64 = 2,
}
