namespace Digibee.Accounts;

/// <summary>A secret came out where it should not. The message names the place and the form, never the value.</summary>
public sealed class LeakCanaryException : Exception
{
    internal LeakCanaryException(string sink, string form)
        : base($"A secret came out in {sink}, as {form}.")
    {
        Sink = sink;
        Form = form;
    }

    /// <summary>Gets where it came out, as the test named it.</summary>
    public string Sink { get; }

    /// <summary>Gets the form it had, such as <c>Base64</c>.</summary>
    public string Form { get; }
}
