using System.Text;

namespace Digibee.Accounts;

/// <summary>A <c>.netrc</c> file: words apart by white space, in no fixed lines.</summary>
/// <remarks>The format: https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html; comments and quotation marks as curl reads them.</remarks>
internal sealed class NetrcFile(ImportedFile import)
{
    private NetrcEntry? _entry;

    public void Read(ReadOnlySpan<byte> text)
    {
        ImportedFile.DemandText(text);
        var words = new NetrcWords(text);
        while (words.Read())
        {
            if (words.Is("machine"u8) || words.Is("default"u8))
            {
                Begin(ref words);
            }
            else if (words.Is("macdef"u8))
            {
                import.Unsupported(words.Line, _entry?.Shown, "macdef", "macros are commands for an FTP client, and nothing of a credential.");
                words.SkipMacro();
            }
            else if (_entry is null)
            {
                import.Unsupported(words.Line, null, null, "a word stands before the first machine. Put it behind one.");
            }
            else
            {
                ReadEntry(_entry, ref words);
            }
        }

        End();
    }

    private void Begin(ref NetrcWords words)
    {
        End();
        var line = words.Line;
        if (words.Is("default"u8))
        {
            _entry = new NetrcEntry(null, line);
        }
        else if (words.Read())
        {
            _entry = new NetrcEntry(Encoding.UTF8.GetString(words.Word), line);
        }
        else
        {
            import.Unsupported(line, null, "machine", "the file ends before the machine's name.");
        }
    }

    private void ReadEntry(NetrcEntry entry, ref NetrcWords words)
    {
        var line = words.Line;
        var field = words.Is("login"u8) ? "login" : words.Is("password"u8) || words.Is("passwd"u8) ? "password" : words.Is("account"u8) ? "account" : null;
        if (field is null)
        {
            import.Unsupported(line, entry.Shown, null, "a word is none of machine, default, login, password, account and macdef. Is a value with spaces not in quotation marks?");
        }
        else if (!words.Read())
        {
            import.Unsupported(line, entry.Shown, field, "the file ends before its value.");
        }
        else if (field == "account")
        {
            import.Unsupported(line, entry.Shown, field, "the second password of an FTP server has no place in an account.");
        }
        else if (!entry.TryAdd(field, words.Word))
        {
            import.Unsupported(line, entry.Shown, field, "it stands there twice, and the first one counts.");
        }
    }

    private void End()
    {
        var entry = _entry;
        _entry = null;
        if (entry is null)
        {
            return;
        }

        if (entry.Machine is null)
        {
            import.Unsupported(entry.Line, null, "default", "it is for every server there is, and an account is for those it names.");
        }
        else if (entry.Login is null || entry.Password is null)
        {
            import.Unsupported(entry.Line, entry.Shown, null, "it has no login or no password, so there is nothing to sign in with.");
        }
        else if (import.Begin(entry.Line, entry.Machine, AccountType.Basic) is { } draft)
        {
            draft.Set(AccountFieldSpelling.Find(AccountType.Basic, nameof(BasicAccount.UserName))!, entry.Login);
            draft.Set(AccountFieldSpelling.Find(AccountType.Basic, nameof(BasicAccount.Password))!, entry.Password);
            draft.SetOrigins([$"https://{entry.Machine}"]);
            import.Add(entry.Line, draft);
        }
    }
}
