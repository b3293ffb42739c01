using System.Text;

namespace Digibee.Accounts;

/// <summary>One connection of the test server, and who is signed in on it.</summary>
internal sealed class NtlmTestConnection(int number)
{
    public int Number => number;

    public string? User { get; set; }

    /// <summary>Gets or sets whether the server closes it after the answer.</summary>
    public bool IsToClose { get; set; }

    /// <summary>Checks a message that answers <see cref="NtlmExample.ChallengeWithTimestamp"/>, and signs its user in.</summary>
    public bool SignIn(byte[] message, string password)
    {
        var user = Encoding.Unicode.GetString(NtlmTestFields.UserName(message));
        var domain = Encoding.Unicode.GetString(NtlmTestFields.Domain(message));
        var response = NtlmTestFields.NtResponse(message);
        Span<byte> key = stackalloc byte[NtlmHash.Length];
        Span<byte> proof = stackalloc byte[NtlmHash.Length];
        NtlmResponseKey.Derive(new NtlmIdentity(user, domain, ""), new Secret(password), key);
        NtlmHash.HmacMd5(key, NtlmExample.Read(NtlmExample.ChallengeWithTimestamp).ServerChallenge, response[NtlmHash.Length..], [], proof);
        User = proof.SequenceEqual(response[..NtlmHash.Length]) ? $@"{domain}\{user}" : null;
        return User is not null;
    }
}
