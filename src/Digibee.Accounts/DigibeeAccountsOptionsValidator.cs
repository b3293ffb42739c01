using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Checks the options when the program starts, all problems at once.</summary>
internal sealed class DigibeeAccountsOptionsValidator : IValidateOptions<DigibeeAccountsOptions>
{
    public ValidateOptionsResult Validate(string? name, DigibeeAccountsOptions options)
    {
        var problems = new List<string>();
        CheckPart(options.Realm, nameof(options.Realm));
        CheckPart(options.Environment, nameof(options.Environment));
        CheckRange(options.CacheCapacity, 1, 1_000_000, nameof(options.CacheCapacity));
        CheckTime(options.CacheIdleTime, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), nameof(options.CacheIdleTime));
        CheckTime(options.CacheStaleTime, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(options.CacheStaleTime));
        CheckTime(options.NotFoundCacheTime, TimeSpan.Zero, TimeSpan.FromMinutes(5), nameof(options.NotFoundCacheTime));
        CheckTime(options.StoreOutageTolerance, TimeSpan.Zero, TimeSpan.FromDays(1), nameof(options.StoreOutageTolerance));
        CheckRange(options.ConnectionIdentityCapacity, 1, 100_000, nameof(options.ConnectionIdentityCapacity));
        CheckTime(options.ConnectionIdentityIdleTime, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), nameof(options.ConnectionIdentityIdleTime));
        CheckTime(options.InUseTime, TimeSpan.Zero, TimeSpan.FromDays(90), nameof(options.InUseTime));
        CheckRange(options.KeepRevisions, 1, 100, nameof(options.KeepRevisions));
        CheckRange(options.Limits.ValueLength, 1, 500_000, nameof(options.Limits) + "." + nameof(options.Limits.ValueLength));
        CheckRange(options.Limits.DescriptionLength, 0, 2_000, nameof(options.Limits) + "." + nameof(options.Limits.DescriptionLength));
        CheckRange(options.Limits.Origins, 1, 100, nameof(options.Limits) + "." + nameof(options.Limits.Origins));
        CheckRange(options.Limits.Projects, 1, 200, nameof(options.Limits) + "." + nameof(options.Limits.Projects));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void CheckPart(string? value, string option)
        {
            if (!AccountAddress.IsPart(value))
            {
                problems.Add($"{nameof(DigibeeAccountsOptions)}.{option} must be set, and be {AccountAddress.Grammar}.");
            }
        }

        void CheckRange(int value, int least, int most, string option)
        {
            if (value < least || value > most)
            {
                problems.Add($"{nameof(DigibeeAccountsOptions)}.{option} must be between {least} and {most}.");
            }
        }

        void CheckTime(TimeSpan value, TimeSpan least, TimeSpan most, string option)
        {
            if (value < least || value > most)
            {
                problems.Add($"{nameof(DigibeeAccountsOptions)}.{option} must be between {least} and {most}.");
            }
        }
    }
}
