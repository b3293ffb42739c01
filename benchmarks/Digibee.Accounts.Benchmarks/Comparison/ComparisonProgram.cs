namespace Digibee.Accounts;

/// <summary>The command <c>compare [filter]</c>. It ends with 0, with 1 when a case failed, and with 2 when the arguments choose nothing.</summary>
internal static class ComparisonProgram
{
    public static int Run(string[] filters)
    {
        if (filters.Length > 1)
        {
            Console.Error.WriteLine("Usage: compare [filter], the filter being a part of a case's name.");
            return 2;
        }

        var cases = ComparisonCases.All().Where(comparisonCase => comparisonCase.Name.Contains(filters.FirstOrDefault(""), StringComparison.OrdinalIgnoreCase)).ToArray();
        if (cases.Length == 0)
        {
            Console.Error.WriteLine($"No case has that in its name. There are: {string.Join(", ", ComparisonCases.All().Select(comparisonCase => comparisonCase.Name))}.");
            return 2;
        }

        WarnOfFalseFigures();
        Console.WriteLine(ComparisonTable.Header);
        var failed = 0;
        foreach (var comparisonCase in cases)
        {
            failed += TryMeasure(comparisonCase) ? 0 : 1;
        }

        return failed == 0 ? 0 : 1;
    }

    private static bool TryMeasure(ComparisonCase comparisonCase)
    {
        try
        {
            using (comparisonCase)
            {
                Console.WriteLine(ComparisonTable.Row(comparisonCase.Name, Comparison.Measure(comparisonCase)));
                return true;
            }
        }
        catch (Exception exception)
        {
            // Whatever it is, the other cases are still worth measuring.
            Console.WriteLine(ComparisonTable.FailedRow(comparisonCase.Name, exception));
            return false;
        }
    }

    private static void WarnOfFalseFigures()
    {
#if DEBUG
        Console.Error.WriteLine("This is a Debug build: its figures say nothing. Use -c Release.");
#endif
        if (!ThreadClock.IsCpuTime)
        {
            Console.Error.WriteLine("This system does not tell a thread's CPU time, so the wall clock is used: keep the machine idle.");
        }
    }
}
