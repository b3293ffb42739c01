using System.Globalization;

namespace Digibee.Accounts;

/// <summary>The output: a header, then one line a case, in columns that a program can split at the bars.</summary>
internal static class ComparisonTable
{
    public static string Header { get; } = Row("name", "ours ns", "peer ns", "ratio", "ours B", "peer B");

    public static string Row(string name, ComparisonResult result) => Row(
        name,
        Nanoseconds(result.OursNanoseconds),
        Nanoseconds(result.PeerNanoseconds),
        result.Ratio.ToString("F2", CultureInfo.InvariantCulture),
        Bytes(result.OursBytes),
        Bytes(result.PeerBytes));

    /// <summary>The line of a case that could not be measured.</summary>
    public static string FailedRow(string name, Exception exception) =>
        $"{Name(name)} | failed: {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}";

    private static string Row(string name, string oursTime, string peerTime, string ratio, string oursBytes, string peerBytes) =>
        $"{Name(name)} | {oursTime,8} | {peerTime,8} | {ratio,6} | {oursBytes,8} | {peerBytes,8}";

    private static string Name(string name) => name.PadRight(24);

    // A look-up is a few nanoseconds, where a decimal still says something.
    private static string Nanoseconds(double value) => value.ToString(value < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);

    // Small figures are not rounded: "0" means that nothing was allocated, ever. The fraction of a large one is what the heap leaves unused at the end of a block.
    private static string Bytes(double value) => value.ToString(value < 10 ? "0.##" : "F0", CultureInfo.InvariantCulture);
}
