using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Digibee.Accounts;

public sealed class AccountImportersTests
{
    [Fact]
    public void FromAwsProfiles_OfBothFiles_GivesAnAccountForEachKeyAndListsTheRest()
    {
        var import = AccountImporters.FromAwsProfiles(
            """
            # comment
            [default]
            aws_access_key_id = AKIDDEFAULT
            aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY=
            region = us-east-1

            [Prod EU]
            aws_access_key_id=ASIAPROD
            aws_secret_access_key=prod-secret
            aws_session_token=token==
            output = json
            s3 =
                max_concurrent_requests = 20
            aws_secret_access_key=again
            hunter2!hunter2
            [empty]
            """u8,
            """
            [default]
            region = eu-west-1
            [profile Prod EU]
            region = eu-central-1
            mfa_serial = arn:hunter2
            [profile role]
            role_arn = arn:hunter2
            source_profile = default
            [sso-session corp]
            sso_start_url = https://hunter2
            [profile config-only]
            aws_access_key_id = AKIDCONFIG
            aws_secret_access_key = config-secret
            """u8);

        import.Accounts.Should().Equal(
            new AwsV4Account { Name = "default", AccessKeyId = "AKIDDEFAULT", SecretAccessKey = new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY="), Region = "us-east-1" },
            new AwsV4Account { Name = "prod-eu", Description = "Imported as Prod EU", AccessKeyId = "ASIAPROD", SecretAccessKey = new Secret("prod-secret"), SessionToken = new Secret("token=="), Region = "eu-central-1" },
            new AwsV4Account { Name = "config-only", AccessKeyId = "AKIDCONFIG", SecretAccessKey = new Secret("config-secret") });
        Lines(import).Should().Equal(
            "11 Prod EU output", "12 Prod EU a setting", "13 Prod EU max_concurrent_requests", "14 Prod EU aws_secret_access_key", "15 Prod EU ",
            "2 default region", "5 Prod EU mfa_serial", "7 role role_arn", "8 role source_profile", "9 sso-session corp ",
            "16 empty ", "6 role ");
        string.Join(' ', import.Unsupported).Should().NotContain("hunter2").And.NotContain("again");
    }

    [Fact]
    public void FromNetrc_OfEveryKindOfWord_GivesAnAccountForEachMachineAndListsTheRest()
    {
        var import = AccountImporters.FromNetrc(
            """
            # comment with password hunter2
            machine ftp.example.com login anonymous password "quoted \"word\" \\"
            machine API.example
              login alice
              password p4ss
              account hunter2
            macdef init
              cd /hunter2
              bin

            machine api.example login bob password b0b
            machine nologin.example password hunter2
            machine twice.example login a login b password p
            default login anonymous password hunter2
            """u8);

        import.Accounts.Should().Equal(
            new BasicAccount { Name = "ftp.example.com", UserName = "anonymous", Password = new Secret("quoted \"word\" \\"), AllowedOrigins = ["https://ftp.example.com"] },
            new BasicAccount { Name = "api.example", Description = "Imported as API.example", UserName = "alice", Password = new Secret("p4ss"), AllowedOrigins = ["https://api.example"] },
            new BasicAccount { Name = "api.example-2", Description = "Imported as api.example", UserName = "bob", Password = new Secret("b0b"), AllowedOrigins = ["https://api.example"] },
            new BasicAccount { Name = "twice.example", UserName = "a", Password = new Secret("p"), AllowedOrigins = ["https://twice.example"] });
        Lines(import).Should().Equal("6 API.example account", "7 API.example macdef", "12 nologin.example ", "13 twice.example login", "14  default");
        string.Join(' ', import.Unsupported).Should().NotContain("hunter2");
    }

    [Theory]
    [InlineData("machine", "1  machine")]
    [InlineData("machine a.example login", "1 a.example login,1 a.example ")]
    [InlineData("hunter2 machine a.example login u password p", "1  ")]
    [InlineData("machine \"...\" login u password p", "1  ")]
    [InlineData("machine a.example login u password hunter2 hunter2", "1 a.example ")]
    [InlineData("machine a:b:c login u password p", "1 a-b-c AllowedOrigins")]
    public void FromNetrc_OfWhatIsNotRight_ListsItWithoutTheText(string text, string expected)
    {
        var import = AccountImporters.FromNetrc(Encoding.UTF8.GetBytes(text));

        Lines(import).Should().Equal(expected.Split(','));
        string.Join(' ', import.Unsupported).Should().NotContain("hunter2");
    }

    [Fact]
    public void FromPostmanEnvironment_OfVariables_GivesAnAccountForEachSecretAndListsTheRest()
    {
        var import = AccountImporters.FromPostmanEnvironment("""
            {
              "id": "x", "name": "Production",
              "values": [
                {"key": "crm_username", "value": "alice", "type": "default", "enabled": true},
                {"key": "crm_password", "value": "p4ss", "type": "secret", "enabled": true},
                {"key": "accessToken", "value": "t0ken", "type": "secret"},
                {"key": "signing key", "value": "k3y", "type": "secret"},
                {"key": "baseUrl", "value": "https://hunter2.example", "type": "default"},
                {"key": "old", "value": "hunter2", "type": "secret", "enabled": false},
                {"key": "number", "value": 7, "type": "secret"},
                {"key": "empty", "value": "", "type": "secret"},
                "hunter2"
              ],
              "_postman_variable_scope": "environment"
            }
            """u8);

        import.Accounts.Should().Equal(
            new BasicAccount { Name = "crm", UserName = "alice", Password = new Secret("p4ss") },
            new OAuthBearerAccount { Name = "accesstoken", Description = "Imported as accessToken", Token = new Secret("t0ken") },
            new SecretKeyAccount { Name = "signing-key", Description = "Imported as signing key", Key = new Secret("k3y") });
        Lines(import).Should().Equal("5 baseUrl ", "6 old ", "7 number ", "8 empty Key", "9  ");
        string.Join(' ', import.Unsupported).Should().NotContain("hunter2");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"values\":{}}")]
    [InlineData("{\"values\":[]} hunter2")]
    [InlineData("{\"values\":[{\"key\":\"\\ud800\"}]}")]
    public void FromPostmanEnvironment_OfWhatIsNone_IsRefusedWithoutTheText(string json)
    {
        var read = () => AccountImporters.FromPostmanEnvironment(Encoding.UTF8.GetBytes(json));

        read.Should().Throw<AccountImportException>().Which.ToString().Should().NotContain("hunter2");
    }

    [Fact]
    public void FromGoogleKeyFile_OfAServiceAccount_GivesTheAccountAndOfOthersTheReason()
    {
        var import = AccountImporters.FromGoogleKeyFile("drive", Encoding.UTF8.GetBytes(AccountSamples.GoogleKeyJson), "https://www.googleapis.com/auth/drive");
        var user = AccountImporters.FromGoogleKeyFile("drive", """{"type":"authorized_user","client_id":"c","client_secret":"hunter2","refresh_token":"hunter2"}"""u8);

        import.Accounts.Should().Equal(new GoogleKeyAccount { Name = "drive", Key = new Secret(AccountSamples.GoogleKeyJson), Scopes = ["https://www.googleapis.com/auth/drive"] });
        import.Unsupported.Should().BeEmpty();
        user.Accounts.Should().BeEmpty();
        user.Unsupported.Should().NotBeEmpty().And.OnlyContain(static problem => problem.AccountName == "drive" && problem.Field == "Key" && !problem.Message.Contains("hunter2"));
    }

    [Fact]
    public void FromPkcs12_WithMoreThanAnAccountHolds_ListsTheRest()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=bank", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var file = Pkcs12(
            ("1.2.840.113549.1.12.10.1.3", Typed("1.2.840.113549.1.9.22.1", certificate.RawData)),
            ("1.2.840.113549.1.12.10.1.1", key.ExportPkcs8PrivateKey()),
            ("1.2.840.113549.1.12.10.1.1", other.ExportPkcs8PrivateKey()),
            ("1.2.840.113549.1.12.10.1.5", Typed("1.2.840.113549.1.7.1", [1])));

        var import = AccountImporters.FromPkcs12("bank", file, password: null);

        import.Accounts.Should().ContainSingle().Which.Should().BeOfType<CertificateChainAccount>();
        import.Unsupported.Should().HaveCount(2).And.OnlyContain(static problem => problem.AccountName == "bank");
    }

    [Fact]
    public void From_OfWhatIsTooLongOrNoText_IsRefused()
    {
        var tooLong = new byte[AccountImporters.MaxLength + 1];
        Action[] imports =
        [
            () => AccountImporters.FromAwsProfiles(tooLong), () => AccountImporters.FromAwsProfiles([], tooLong), () => AccountImporters.FromNetrc(tooLong),
            () => AccountImporters.FromPostmanEnvironment(tooLong), () => AccountImporters.FromGoogleKeyFile("a", tooLong),
            static () => AccountImporters.FromAwsProfiles([0xFF]), static () => AccountImporters.FromNetrc([0xFF]), static () => AccountImporters.FromPostmanEnvironment([0xFF]),
        ];

        imports.Should().OnlyContain(static import => Throws(import));
    }

    [Fact]
    public void From_OfAMegabyteOfTheSame_TakesNoLongerThanItsLength()
    {
        var machines = string.Concat(Enumerable.Repeat("machine a login u password p\n", 30_000));
        var profiles = string.Concat(Enumerable.Range(0, 50_000).Select(static number => $"[p{number}]\nregion=e\n"));
        var variables = $$"""{"values":[{{string.Join(',', Enumerable.Repeat("""{"key":"a_user","value":"u"}""", 30_000))}}]}""";

        AccountImporters.FromNetrc(Encoding.UTF8.GetBytes(machines)).Accounts.Select(static account => account.Name).Should().HaveCount(30_000).And.OnlyHaveUniqueItems().And.EndWith("a-30000");
        AccountImporters.FromAwsProfiles(Encoding.UTF8.GetBytes(profiles)).Unsupported.Should().HaveCount(1_000, "the list of problems has an end");
        AccountImporters.FromPostmanEnvironment(Encoding.UTF8.GetBytes(variables)).Accounts.Should().BeEmpty();
    }

    // RFC 7292, section 4, without encryption and integrity, which no tool of the framework writes.
    private static byte[] Pkcs12(params (string Kind, byte[] Value)[] bags)
    {
        const string Data = "1.2.840.113549.1.7.1";
        var contents = Sequence(writer =>
        {
            foreach (var (kind, value) in bags)
            {
                writer.WriteEncodedValue(Sequence(bag => WriteTagged(bag, kind, value)));
            }
        });
        var safes = Sequence(writer => writer.WriteEncodedValue(Typed(Data, contents)));
        return Sequence(writer =>
        {
            writer.WriteInteger(3);
            writer.WriteEncodedValue(Typed(Data, safes));
        });
    }

    private static byte[] Typed(string type, byte[] octets) => Sequence(writer =>
    {
        var value = new AsnWriter(AsnEncodingRules.DER);
        value.WriteOctetString(octets);
        WriteTagged(writer, type, value.Encode());
    });

    private static void WriteTagged(AsnWriter writer, string kind, byte[] value)
    {
        writer.WriteObjectIdentifier(kind);
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            writer.WriteEncodedValue(value);
        }
    }

    private static byte[] Sequence(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            write(writer);
        }

        return writer.Encode();
    }

    private static bool Throws(Action import)
    {
        import.Should().Throw<AccountImportException>();
        return true;
    }

    private static IEnumerable<string> Lines(AccountImport import) => import.Unsupported.Select(static problem => $"{problem.Position} {problem.AccountName} {problem.Field}");
}
