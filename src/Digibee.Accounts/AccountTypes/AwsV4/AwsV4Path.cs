namespace Digibee.Accounts;

/// <summary>The canonical path.</summary>
internal static class AwsV4Path
{
    /// <summary>Appends the canonical form of a path.</summary>
    /// <param name="text">Where it goes.</param>
    /// <param name="path">The path as it is sent.</param>
    /// <param name="rule">The service's rule.</param>
    public static void Append(SigningText text, ReadOnlySpan<byte> path, AwsV4PathRule rule)
    {
        switch (rule)
        {
            case AwsV4PathRule.Reencode when !path.IsEmpty:
                AwsV4PercentEncoding.AppendReencoded(text, path, keepSlash: true);
                break;
            case AwsV4PathRule.Encode when !path.IsEmpty:
                AppendSegments(text, path, normalize: false);
                break;
            default:
                AppendSegments(text, path, normalize: true);
                break;
        }
    }

    private static void AppendSegments(SigningText text, ReadOnlySpan<byte> path, bool normalize)
    {
        var start = text.Length;
        var isDirectory = false;
        if (path.StartsWith((byte)'/'))
        {
            path = path[1..];
        }

        foreach (var range in path.Split((byte)'/'))
        {
            var segment = path[range];
            isDirectory = normalize && (segment.IsEmpty || segment.SequenceEqual("."u8) || segment.SequenceEqual(".."u8));
            if (!isDirectory)
            {
                text.Append((byte)'/');
                AwsV4PercentEncoding.AppendEncoded(text, segment);
            }
            else if (segment.Length == 2)
            {
                // Encoded segments hold no slash, so the last one begins the last segment.
                text.Truncate(start + Math.Max(text.Written[start..].LastIndexOf((byte)'/'), 0));
            }
        }

        if (isDirectory || text.Length == start)
        {
            text.Append((byte)'/');
        }
    }
}
