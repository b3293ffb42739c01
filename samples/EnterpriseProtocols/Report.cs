namespace EnterpriseProtocols;

/// <summary>Prints a line for each step, and counts what went wrong.</summary>
internal sealed class Report
{
    private const string Row = "{0,-4} {1,-10} {2,-44} {3}";

    private int _failed;

    public Report() => Console.WriteLine(Row, "", "account", "what is done", "the server");

    public void Check(bool succeeded, string account, string what, string outcome)
    {
        _failed += succeeded ? 0 : 1;
        Console.WriteLine(Row, succeeded ? "ok" : "FAIL", account, what, outcome.Trim().ReplaceLineEndings(" "));
    }

    public int Conclude()
    {
        Console.WriteLine($"{_failed} failed");
        return _failed == 0 ? 0 : 1;
    }
}
