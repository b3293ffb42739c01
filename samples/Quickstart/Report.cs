namespace Quickstart;

/// <summary>Prints how each step went and counts.</summary>
internal sealed class Report
{
    private int _applied;
    private int _failed;

    public void Applied(bool succeeded, string line)
    {
        _applied += succeeded ? 1 : 0;
        Check(succeeded, line);
    }

    public void Check(bool succeeded, string line)
    {
        _failed += succeeded ? 0 : 1;
        Console.WriteLine($"{(succeeded ? "ok  " : "FAIL")} {line}");
    }

    public int Conclude()
    {
        Console.WriteLine($"{_applied} applied, {_failed} failed");
        return _failed == 0 ? 0 : 1;
    }
}
