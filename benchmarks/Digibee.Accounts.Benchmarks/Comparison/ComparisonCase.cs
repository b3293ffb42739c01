namespace Digibee.Accounts;

/// <summary>One line of the comparison: the same work, done by us and by the peer, to its end and, if it can be, on one thread.</summary>
/// <param name="name">What the line is called.</param>
internal abstract class ComparisonCase(string name) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>Gets whether the work is done on other threads too, as a store's is. Then the wall clock is read and the allocations of all threads are counted: keep the machine idle.</summary>
    public virtual bool UsesOtherThreads => false;

    /// <summary>Makes both sides ready, and throws when they do not do the same work: a figure of the wrong thing is worse than none.</summary>
    public abstract void SetUp();

    /// <summary>Does our work. The loop is the case's own: a virtual call for each operation would be half of a look-up's time.</summary>
    public abstract void RunOurs(int operations);

    /// <summary>Does the peer's work.</summary>
    public abstract void RunPeer(int operations);

    /// <summary>Lets go of what <see cref="SetUp"/> made, if it was called at all.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
