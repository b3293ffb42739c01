namespace Digibee.Accounts;

/// <summary>What a structured field holds at its top (RFC 9651, section 3). It does not say so itself.</summary>
public enum StructuredFieldType
{
    /// <summary>One value, with parameters.</summary>
    Item = 0,

    /// <summary>Values, with commas between them.</summary>
    List = 1,

    /// <summary>Values with names.</summary>
    Dictionary = 2,
}
