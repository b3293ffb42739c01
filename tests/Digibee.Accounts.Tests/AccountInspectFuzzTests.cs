using System.Text;

namespace Digibee.Accounts;

[Trait("Category", "Fuzz")]
public sealed class AccountInspectFuzzTests
{
    private static readonly byte[][] Corpus =
    [
        .. ((string[])
        [
            AccountSamples.GoogleKeyJson, AccountSamples.CertificatePem + AccountSamples.EncryptedKeyPem, AccountSamples.PrivateKeyPem, "BQJjNG40cnk=", "00ff", "user@EXAMPLE.COM", @"a\@b/c@D",
            "eyJhbGciOiJub25lIn0.eyJleHAiOjEzMDA4MTkzODB9.", "eyJhbGciOiJub25lIn0.eyJhIjpbMSx7ImIiOm51bGx9XSwiZXhwIjoxLjVlOX0.c2ln", @"CORP\user", "kdc.example:88", "[::1]:88", "PLAIN", "Bearer x",
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void Inspect_OfAnyTextInEveryField_CollectsProblemsAndNeverThrows() => Fuzzer.Run(Corpus, static input =>
    {
        var text = Fuzzer.Text(input);
        foreach (var account in Accounts(text))
        {
            var inspection = account.Inspected(now: DateTimeOffset.UnixEpoch);

            inspection.Problems.All(static problem => problem.Field.Length > 0 && problem.Message.EndsWith('.')).Should().BeTrue("of {0}", account.Type);
        }
    });

    private static IEnumerable<Account> Accounts(string text)
    {
        var secret = new Secret(text);
        yield return new GoogleKeyAccount { Name = "a", Key = secret };
        yield return new CertificateChainAccount { Name = "a", Chain = secret, Password = secret };
        yield return new PrivateKeyAccount { Name = "a", Key = secret };
        yield return new PublicKeyAccount { Name = "a", Key = secret };
        yield return new SecretKeyAccount { Name = "a", Key = secret, Encoding = SecretKeyEncoding.Base64 };
        yield return new SecretKeyAccount { Name = "a", Key = secret, Encoding = SecretKeyEncoding.Hexadecimal };
        yield return new KerberosAccount { Name = "a", Principal = "user@A", Keytab = secret, Configuration = text };
        if (text.Length == 0 || text.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            yield break;
        }

        yield return new KerberosAccount { Name = "a", Principal = text, Keytab = secret, KerberosRealm = text, KeyDistributionCenters = [text], ServicePrincipal = text };
        yield return new OAuthBearerAccount { Name = "a", Token = secret };
        yield return new AwsV4Account { Name = "a", AccessKeyId = text, SecretAccessKey = secret, SessionToken = secret, Service = text, Region = text };
        yield return new NtlmAccount { Name = "a", UserName = text, Password = secret, Domain = text };
        yield return new OAuth2Account { Name = "a", Provider = text, Scopes = [text] };
        yield return new SmtpAccount { Name = "a", Host = text, Port = 25, UserName = text, Password = secret, Mechanisms = [text], BearerAccount = text, Properties = [text, $"mail.smtp.{text}", $"mail.smtp.timeout={text}"] };
        yield return new ApiKeyAccount { Name = "a", ParameterName = text, Key = secret, Placement = ApiKeyPlacement.Header };
        yield return new ApiKeyAccount { Name = "a", ParameterName = text, Key = secret, Placement = ApiKeyPlacement.Cookie };
        yield return new CustomAuthHeaderAccount { Name = "a", HeaderName = text, HeaderValue = secret };
    }
}
