using System.Text;

namespace Digibee.Accounts;

/// <summary>What a <c>.netrc</c> file says of one machine.</summary>
internal sealed class NetrcEntry(string? machine, int line)
{
    /// <summary>Gets the machine; <see langword="null"/> for the default of all machines.</summary>
    public string? Machine { get; } = machine;

    public int Line { get; } = line;

    public string? Login { get; private set; }

    public Secret? Password { get; private set; }

    /// <summary>Gets the machine's name for a message.</summary>
    public string? Shown => Machine is null ? null : ImportedName.Shown(Machine);

    /// <summary>Takes a login or password; <see langword="false"/> when it is there already.</summary>
    public bool TryAdd(string field, ReadOnlySpan<byte> value)
    {
        if (field == "login" && Login is null)
        {
            Login = Encoding.UTF8.GetString(value);
            return true;
        }

        if (field == "password" && Password is null)
        {
            Password = new Secret(value);
            return true;
        }

        return false;
    }
}
