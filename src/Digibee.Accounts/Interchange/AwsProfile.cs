using System.Text;

namespace Digibee.Accounts;

/// <summary>What the two files say of one profile.</summary>
internal sealed class AwsProfile(string name, int line)
{
    public string Name { get; } = name;

    /// <summary>Gets the line it begins at, in the file that names it first.</summary>
    public int Line { get; } = line;

    public string? AccessKeyId { get; private set; }

    public Secret? SecretAccessKey { get; private set; }

    public Secret? SessionToken { get; private set; }

    public string? Region { get; private set; }

    public static bool Takes(string key) => key is "aws_access_key_id" or "aws_secret_access_key" or "aws_session_token" or "aws_security_token" or "region";

    /// <summary>Takes a setting; <see langword="false"/> when it is there already.</summary>
    public bool TryAdd(string key, ReadOnlySpan<byte> value)
    {
        switch (key)
        {
            case "aws_access_key_id" when AccessKeyId is null:
                AccessKeyId = Encoding.UTF8.GetString(value);
                return true;
            case "aws_secret_access_key" when SecretAccessKey is null:
                SecretAccessKey = new Secret(value);
                return true;
            case "aws_session_token" or "aws_security_token" when SessionToken is null:
                SessionToken = new Secret(value);
                return true;
            case "region" when Region is null:
                Region = Encoding.UTF8.GetString(value);
                return true;
            default:
                return false;
        }
    }
}
