using System.Diagnostics;

namespace Digibee.Accounts;

/// <summary>A token as a server is shown it.</summary>
[DebuggerDisplay("***")]
internal sealed class BearerToken(string text, TokenSlot? slot = null, CachedToken? cached = null)
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Text { get; } = text;

    /// <summary>Gets where the engine keeps it; <see langword="null"/> for one that does not change by itself.</summary>
    public TokenSlot? Slot { get; } = slot;

    public CachedToken? Cached { get; } = cached;
}
