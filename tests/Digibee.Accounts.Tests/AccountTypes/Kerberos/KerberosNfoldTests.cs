using System.Text;

namespace Digibee.Accounts;

public sealed class KerberosNfoldTests
{
    // RFC 3961, appendix A.1.
    [Theory]
    [InlineData("012345", "be072631276b1955")]
    [InlineData("password", "78a07b6caf85fa")]
    [InlineData("Rough Consensus, and Running Code", "bb6ed30870b7f0e0")]
    [InlineData("password", "59e4a8ca7c0385c3c37b3f6d2000247cb6e6bd5b3e")]
    [InlineData("MASSACHVSETTS INSTITVTE OF TECHNOLOGY", "db3b0d8f0b061e603282b308a50841229ad798fab9540c1b")]
    [InlineData("Q", "518a54a215a8452a518a54a215a8452a518a54a215")]
    [InlineData("ba", "fb25d531ae8974499f52fd92ea9857c4ba24cf297e")]
    [InlineData("kerberos", "6b65726265726f73")]
    [InlineData("kerberos", "6b65726265726f737b9b5b2b93132b93")]
    [InlineData("kerberos", "8372c236344e5f1550cd0747e15d62ca7a5a3bcea4")]
    [InlineData("kerberos", "6b65726265726f737b9b5b2b93132b935c9bdcdad95c9899c4cae4dee6d6cae4")]
    public void Fold_OfATextOfRfc3961_GivesItsBits(string text, string expected)
    {
        var folded = new byte[expected.Length / 2];

        KerberosNfold.Fold(Encoding.ASCII.GetBytes(text), folded);

        Convert.ToHexStringLower(folded).Should().Be(expected);
    }
}
