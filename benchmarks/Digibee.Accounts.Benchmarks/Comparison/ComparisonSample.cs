using System.Diagnostics;

namespace Digibee.Accounts;

/// <summary>The cost of a number of operations of one side, for one of them.</summary>
/// <param name="Nanoseconds">The time.</param>
/// <param name="Bytes">What was allocated: by this thread, or by all.</param>
internal sealed record ComparisonSample(double Nanoseconds, double Bytes)
{
    public static ComparisonSample Take(Action<int> run, int operations, bool usesOtherThreads)
    {
        var bytes = Allocated(usesOtherThreads);
        var started = Now(usesOtherThreads);
        run(operations);
        var nanoseconds = Now(usesOtherThreads) - started;
        bytes = Allocated(usesOtherThreads) - bytes;
        return new((double)nanoseconds / operations, (double)bytes / operations);
    }

    // Not the CPU time of the process: a pool that looks for work while the other thread has it counts twice.
    private static long Now(bool acrossThreads) => acrossThreads ? (long)Stopwatch.GetElapsedTime(0).TotalNanoseconds : ThreadClock.GetNanoseconds();

    private static long Allocated(bool byAllThreads) => byAllThreads ? GC.GetTotalAllocatedBytes(precise: true) : GC.GetAllocatedBytesForCurrentThread();
}
