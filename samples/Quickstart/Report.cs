namespace Quickstart;

/// <summary>Prints a table, a line for each step, and counts.</summary>
internal sealed class Report
{
    private const string Row = "{0,-4} {1,-25} {2,-32} {3}";

    private int _applied;
    private int _failed;

    public Report() => Console.WriteLine(Row, "", "account", "sent", "the other side");

    public void Applied(bool succeeded, string account, string sent, string outcome)
    {
        _applied += succeeded ? 1 : 0;
        Check(succeeded, account, sent, outcome);
    }

    public void Check(bool succeeded, string account, string sent, string outcome)
    {
        _failed += succeeded ? 0 : 1;
        Console.WriteLine(Row, succeeded ? "ok" : "FAIL", account, sent, outcome);
    }

    public int Conclude()
    {
        Console.WriteLine($"{_applied} applied, {_failed} failed");
        return _failed == 0 ? 0 : 1;
    }
}
