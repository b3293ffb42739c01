using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>The value of <c>Authorization</c> for one revision of a Basic account.</summary>
internal sealed class BasicHeader
{
    private BasicHeader(AuthenticationHeaderValue value) => Value = value;

    public AuthenticationHeaderValue Value { get; }

    public static BasicHeader Create(OpenedAccount opened)
    {
        var account = (BasicAccount)opened.Account;
        var password = account.Password.RevealBytes();
        var userLength = Encoding.UTF8.GetByteCount(account.UserName);
        var pair = GC.AllocateUninitializedArray<byte>(userLength + 1 + password.Length, pinned: true);
        try
        {
            Encoding.UTF8.GetBytes(account.UserName, pair);
            pair[userLength] = (byte)':';
            password.CopyTo(pair.AsSpan(userLength + 1));
            return new(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pair);
        }
    }
}
