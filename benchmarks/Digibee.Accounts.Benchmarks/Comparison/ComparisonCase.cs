namespace Digibee.Accounts;

/// <summary>One line of the comparison: the same work, done by us and by the peer, on one thread and to its end.</summary>
/// <param name="name">What the line is called.</param>
internal abstract class ComparisonCase(string name) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>Makes both sides ready, and throws when they do not do the same work: a figure of the wrong thing is worse than none.</summary>
    public abstract void SetUp();

    /// <summary>Does our work. The loop is the case's own: a virtual call for each operation would be half of a look-up's time.</summary>
    public abstract void RunOurs(int operations);

    /// <summary>Does the peer's work.</summary>
    public abstract void RunPeer(int operations);

    /// <summary>Lets go of what <see cref="SetUp"/> made, if it was called at all.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
