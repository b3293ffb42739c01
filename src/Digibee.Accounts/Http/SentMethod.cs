namespace Digibee.Accounts;

/// <summary>The method as the platform writes it.</summary>
internal static class SentMethod
{
    /// <summary>Gives the well-known methods in upper case, whatever case the caller wrote, and all others as they are.</summary>
    public static string AsSent(HttpMethod method) => HttpMethod.Parse(method.Method).Method;
}
