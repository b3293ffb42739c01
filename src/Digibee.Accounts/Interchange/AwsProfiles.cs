using System.Text;

namespace Digibee.Accounts;

/// <summary>Profiles of <c>~/.aws/credentials</c> and <c>~/.aws/config</c>. Where both files say something, the first counts.</summary>
/// <remarks>The format: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html.</remarks>
internal sealed class AwsProfiles(ImportedFile import)
{
    private const string RoleReason = "roles, single sign-on and processes are not followed. Get a key for the profile, or use the AWS SDK's own chain.";

    private static readonly string[] Roles =
        ["role_arn", "source_profile", "credential_source", "external_id", "mfa_serial", "role_session_name", "duration_seconds", "web_identity_token_file", "credential_process"];

    // In the order of the files.
    private readonly List<AwsProfile> _profiles = [];
    private readonly Dictionary<string, AwsProfile> _byName = new(StringComparer.Ordinal);

    public void Read(ReadOnlySpan<byte> credentials, ReadOnlySpan<byte> config)
    {
        ImportedFile.DemandText(credentials);
        ImportedFile.DemandText(config);
        Read(credentials, isConfig: false);
        Read(config, isConfig: true);
        foreach (var profile in _profiles)
        {
            Add(profile);
        }
    }

    private void Read(ReadOnlySpan<byte> text, bool isConfig)
    {
        AwsProfile? profile = null;
        var isKnownSection = false;
        var number = 0;
        foreach (var range in text.Split((byte)'\n'))
        {
            number++;
            var line = text[range].TrimEnd(" \t\r"u8);
            var content = line.TrimStart(" \t"u8);
            if (content.IsEmpty || content[0] is (byte)'#' or (byte)';')
            {
                continue;
            }

            if (content[0] == (byte)'[')
            {
                profile = Section(content, isConfig, number);
                isKnownSection = true;
            }
            else if (profile is not null)
            {
                ReadSetting(profile, content, isNested: line.Length != content.Length, number);
            }
            else if (!isKnownSection)
            {
                import.Unsupported(number, null, null, "the line stands before the first profile. Put it below one.");
            }
        }
    }

    private AwsProfile? Section(ReadOnlySpan<byte> content, bool isConfig, int number)
    {
        var end = content.IndexOf((byte)']');
        var name = Encoding.UTF8.GetString(end < 0 ? content[1..] : content[1..end]).Trim();
        if (isConfig && name != "default")
        {
            if (!name.StartsWith("profile ", StringComparison.Ordinal))
            {
                import.Unsupported(number, ImportedName.Shown(name), null, "the section is no profile; single sign-on and settings of services are not followed.");
                return null;
            }

            name = name["profile ".Length..].Trim();
        }

        if (!_byName.TryGetValue(name, out var profile))
        {
            profile = new AwsProfile(name, number);
            _byName.Add(name, profile);
            _profiles.Add(profile);
        }

        return profile;
    }

    private void ReadSetting(AwsProfile profile, ReadOnlySpan<byte> content, bool isNested, int number)
    {
        var shown = ImportedName.Shown(profile.Name);
        var equals = content.IndexOf((byte)'=');
        if (equals <= 0)
        {
            import.Unsupported(number, shown, null, "the line is no setting: key = value.");
            return;
        }

        var key = Encoding.UTF8.GetString(content[..equals].TrimEnd(" \t"u8)).ToLowerInvariant();
        var value = content[(equals + 1)..].Trim(" \t"u8);
        if (isNested)
        {
            import.Unsupported(number, shown, Key(key), "it is indented, so it belongs to the setting above it; settings of services are not followed.");
        }
        else if (AwsProfile.Takes(key))
        {
            if (!profile.TryAdd(key, value))
            {
                import.Unsupported(number, shown, Key(key), "it stands there twice, and the first one counts.");
            }
        }
        else if (Array.IndexOf(Roles, key) >= 0 || key.StartsWith("sso_", StringComparison.Ordinal))
        {
            import.Unsupported(number, shown, Key(key), RoleReason);
        }
        else
        {
            import.Unsupported(number, shown, Key(key), "it is a setting of a program, and nothing of a credential.");
        }
    }

    // A key that could be one; anything else may be a value.
    private static string Key(string key) => key.Length <= 40 && key.All(static c => char.IsAsciiLetterLower(c) || c == '_') ? key : "a setting";

    private void Add(AwsProfile profile)
    {
        if (profile.AccessKeyId is null && profile.SecretAccessKey is null)
        {
            import.Unsupported(profile.Line, ImportedName.Shown(profile.Name), null, "the profile has no access key, so there is nothing to keep.");
            return;
        }

        if (import.Begin(profile.Line, profile.Name, AccountType.AwsV4) is not { } draft)
        {
            return;
        }

        Set(draft, nameof(AwsV4Account.AccessKeyId), profile.AccessKeyId);
        Set(draft, nameof(AwsV4Account.SecretAccessKey), profile.SecretAccessKey);
        Set(draft, nameof(AwsV4Account.SessionToken), profile.SessionToken);
        Set(draft, nameof(AwsV4Account.Region), profile.Region);
        import.Add(profile.Line, draft);
    }

    private static void Set(AccountDraft draft, string propertyName, Secret? value)
    {
        if (value is not null)
        {
            draft.Set(AccountFieldSpelling.Find(AccountType.AwsV4, propertyName)!, value);
        }
    }

    private static void Set(AccountDraft draft, string propertyName, string? value)
    {
        if (value is not null)
        {
            draft.Set(AccountFieldSpelling.Find(AccountType.AwsV4, propertyName)!, value);
        }
    }
}
