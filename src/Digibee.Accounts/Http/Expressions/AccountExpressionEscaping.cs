namespace Digibee.Accounts;

/// <summary>How the value of an expression is written into a body, so that it stays one value there whatever characters it holds.</summary>
public enum AccountExpressionEscaping
{
    /// <summary>As the body's media type says: JSON, XML and forms; anything else as <see cref="None"/>.</summary>
    ByMediaType,

    /// <summary>As it is.</summary>
    None,

    /// <summary>As within a JSON string (RFC 8259, section 7). The quotes are the body's.</summary>
    Json,

    /// <summary>As XML text or within an attribute's quotes.</summary>
    Xml,

    /// <summary>As in <c>application/x-www-form-urlencoded</c>.</summary>
    Form,
}
