namespace Digibee.Accounts;

/// <summary>The cost of a number of operations of one side, for one of them.</summary>
/// <param name="Nanoseconds">The time.</param>
/// <param name="Bytes">What was allocated by this thread.</param>
internal sealed record ComparisonSample(double Nanoseconds, double Bytes)
{
    public static ComparisonSample Take(Action<int> run, int operations)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var started = ThreadClock.GetNanoseconds();
        run(operations);
        var nanoseconds = ThreadClock.GetNanoseconds() - started;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new((double)nanoseconds / operations, (double)bytes / operations);
    }
}
