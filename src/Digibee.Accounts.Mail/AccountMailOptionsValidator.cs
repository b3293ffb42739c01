using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

internal sealed class AccountMailOptionsValidator : IValidateOptions<AccountMailOptions>
{
    private static readonly TimeSpan LeastTimeout = TimeSpan.FromMilliseconds(100);

    public ValidateOptionsResult Validate(string? name, AccountMailOptions options)
    {
        var problems = new List<string>();
        Demand(options.MaxConnections is >= 1 and <= 100, $"{nameof(options.MaxConnections)} must be 1 to 100.");
        Demand(options.MaxIdleConnections is >= 0 and <= 10_000, $"{nameof(options.MaxIdleConnections)} must be 0 to 10,000.");
        Demand(options.IdleTimeout >= TimeSpan.FromSeconds(1) && options.IdleTimeout <= TimeSpan.FromMinutes(10), $"{nameof(options.IdleTimeout)} must be one second to ten minutes.");
        Demand(options.MaxMessagesPerConnection is >= 1 and <= 100_000, $"{nameof(options.MaxMessagesPerConnection)} must be 1 to 100,000.");
        Demand(options.ConnectTimeout >= LeastTimeout && options.ConnectTimeout <= TimeSpan.FromMinutes(10), $"{nameof(options.ConnectTimeout)} must be 100 milliseconds to ten minutes.");
        Demand(options.Timeout >= LeastTimeout && options.Timeout <= TimeSpan.FromHours(1), $"{nameof(options.Timeout)} must be 100 milliseconds to one hour.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Demand(bool isRight, string problem)
        {
            if (!isRight)
            {
                problems.Add(problem);
            }
        }
    }
}
