namespace Digibee.Accounts;

/// <summary>An item or an inner list, with its parameters (RFC 9651, section 3).</summary>
internal sealed class StructuredMember
{
    public StructuredMember(in StructuredBareItem item, StructuredMap<StructuredBareItem>? parameters = null)
    {
        Item = item;
        Parameters = parameters ?? new();
    }

    public StructuredMember(List<StructuredMember> innerList, StructuredMap<StructuredBareItem>? parameters = null)
    {
        InnerList = innerList;
        Parameters = parameters ?? new();
    }

    /// <summary>Gets the item, where it is no inner list.</summary>
    public StructuredBareItem Item { get; }

    /// <summary>Gets the items of an inner list; <see langword="null"/> for an item.</summary>
    public IReadOnlyList<StructuredMember>? InnerList { get; }

    public StructuredMap<StructuredBareItem> Parameters { get; }
}
