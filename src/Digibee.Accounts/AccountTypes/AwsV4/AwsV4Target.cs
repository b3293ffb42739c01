namespace Digibee.Accounts;

/// <summary>Path and query as the platform writes them.</summary>
internal static class AwsV4Target
{
    /// <summary>Tells whether a target goes out as it stands. One made without canonicalisation may not: its fragment is sent, and a letter beyond ASCII loses bits.</summary>
    public static bool IsSendable(ReadOnlySpan<char> target) => target.StartsWith('/') && !target.ContainsAnyExceptInRange('!', '~') && !target.Contains('#');

    /// <summary>Gives a target that every service reads alike: a plus sign is a space in a query, and to S3 in a path, and itself to others. The same instance when there is none.</summary>
    public static string WithoutPlus(string target, AwsV4PathRule rule)
    {
        if (!target.Contains('+', StringComparison.Ordinal))
        {
            return target;
        }

        var query = target.IndexOf('?', StringComparison.Ordinal) is var index && index < 0 ? target.Length : index;
        var path = target[..query];

        // What the key's URI says is a plus sign.
        path = rule == AwsV4PathRule.Reencode ? path.Replace("+", "%2B", StringComparison.Ordinal) : path;
        return path + target[query..].Replace("+", "%20", StringComparison.Ordinal);
    }
}
