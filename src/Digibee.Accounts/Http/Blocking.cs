namespace Digibee.Accounts;

/// <summary>How <see cref="HttpClient.Send(HttpRequestMessage)"/> waits: not at all for what is done already, and by blocking for the store or a token call.</summary>
internal static class Blocking
{
    public static T Wait<T>(in ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : task.AsTask().GetAwaiter().GetResult();

    public static void Wait(in ValueTask task)
    {
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
        }
        else
        {
            task.AsTask().GetAwaiter().GetResult();
        }
    }
}
