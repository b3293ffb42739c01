using System.Diagnostics;
using System.Runtime;

namespace Digibee.Accounts;

/// <summary>Measures a case: both sides in one process and in turns, so that what slows the machine slows both.</summary>
internal static class Comparison
{
    // Odd, so that the median is one of the rounds.
    private const int Rounds = 31;
    private const double RoundNanoseconds = 60e6;
    private const int WarmUpOperations = 16;
    private const int QuietPasses = 3;
    private const int MostPasses = 20;

    // Twice the runtime's tiering delay (100 ms): a method that became hot in one pass is compiled again within the next.
    private static readonly TimeSpan PassTime = TimeSpan.FromMilliseconds(200);

    public static ComparisonResult Measure(ComparisonCase comparisonCase)
    {
        comparisonCase.SetUp();
        WarmUp(comparisonCase);
        var operations = Calibrate(comparisonCase);

        var ours = new ComparisonSample[Rounds];
        var peer = new ComparisonSample[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            // The order changes each time: the second of a round finds caches and heap as the first left them.
            if (round % 2 == 0)
            {
                ours[round] = Take(comparisonCase, comparisonCase.RunOurs, operations);
                peer[round] = Take(comparisonCase, comparisonCase.RunPeer, operations);
            }
            else
            {
                peer[round] = Take(comparisonCase, comparisonCase.RunPeer, operations);
                ours[round] = Take(comparisonCase, comparisonCase.RunOurs, operations);
            }
        }

        return new(
            Median(ours.Select(sample => sample.Nanoseconds)),
            Median(peer.Select(sample => sample.Nanoseconds)),
            Median(ours.Zip(peer, (our, its) => our.Nanoseconds / its.Nanoseconds)),
            Median(ours.Select(sample => sample.Bytes)),
            Median(peer.Select(sample => sample.Bytes)));
    }

    // Until the runtime has nothing left to compile: hot code is compiled up to three times, in the background, and only the last is what users run.
    private static void WarmUp(ComparisonCase comparisonCase)
    {
        var quiet = 0;
        for (var pass = 0; quiet < QuietPasses && pass < MostPasses; pass++)
        {
            var compiled = JitInfo.GetCompiledMethodCount(currentThread: false);
            var started = Stopwatch.GetTimestamp();
            do
            {
                comparisonCase.RunOurs(WarmUpOperations);
                comparisonCase.RunPeer(WarmUpOperations);
            }
            while (Stopwatch.GetElapsedTime(started) < PassTime);

            quiet = JitInfo.GetCompiledMethodCount(currentThread: false) == compiled ? quiet + 1 : 0;
        }
    }

    // As many operations for one side as for the other, so that both meet the same number of disturbances for each operation.
    private static int Calibrate(ComparisonCase comparisonCase)
    {
        const int trial = 256;
        var cost = Take(comparisonCase, comparisonCase.RunOurs, trial).Nanoseconds + Take(comparisonCase, comparisonCase.RunPeer, trial).Nanoseconds;
        return (int)Math.Clamp(RoundNanoseconds / Math.Max(cost, 1), 1, 100_000_000);
    }

    private static ComparisonSample Take(ComparisonCase comparisonCase, Action<int> run, int operations) => ComparisonSample.Take(run, operations, comparisonCase.UsesOtherThreads);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
