using System.Globalization;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Digibee.Accounts;

public sealed class LeakCanaryTests
{
    private static readonly LeakCanary Canary = new();

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Each form as another program would write it.</summary>
    private static readonly Dictionary<string, (string Form, Func<string, string> Plant)> Plants = new(StringComparer.Ordinal)
    {
        ["as it is"] = ("plain text", static value => $"Password = {value}, Name = crm"),
        ["in a URL, as data"] = ("URL-encoded text", static value => "https://api.example/?key=" + Uri.EscapeDataString(value)),
        ["in a URL, as a form"] = ("URL-encoded text", static value => "key=" + WebUtility.UrlEncode(value)),
        ["in a URL, small digits"] = ("a part of the text", static value => "key=" + Uri.EscapeDataString(value).Replace("%2B", "%2b", StringComparison.Ordinal)),
        ["in a URL, every character"] = ("URL-encoded text", static value => string.Concat(value.Select(static character => Uri.HexEscape(character)))),
        ["in JSON"] = ("JSON-escaped text", static value => JsonSerializer.Serialize(new { password = value })),
        ["in JSON, relaxed"] = ("plain text", static value => JsonSerializer.Serialize(value, Relaxed)),
        ["in JSON, every character"] = ("JSON-escaped text", static value => string.Concat(value.Select(static character => $"\\u{(int)character:x4}"))),
        ["in XML"] = ("a part of the text", static value => $"<p>{value.Replace("+", "&#43;", StringComparison.Ordinal)}</p>"),
        ["in part"] = ("a part of the text", static value => value[3..^1]),
        ["Base64 of itself"] = ("Base64", static value => Base64(value)),
        ["Base64 behind one byte"] = ("Base64", static value => Base64("x" + value)),
        ["Base64 behind two bytes"] = ("Base64", static value => Base64("xy" + value + "z")),
        ["the Basic scheme"] = ("Base64", static value => "Authorization: Basic " + Base64("Aladdin:" + value)),
        ["the Basic scheme, of URL-encoded text"] = ("Base64", static value => "Basic " + Base64(Uri.EscapeDataString("ä:" + value))),
        ["base64url"] = ("Base64", static value => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes("ÿÿ" + value))),
        ["Base64 in lines"] = ("Base64", static value => Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('x', 31) + value), Base64FormattingOptions.InsertLineBreaks)),
        ["Base64 in PEM in JSON"] = ("Base64", static value => JsonSerializer.Serialize(PemEncoding.WriteString("PRIVATE KEY", Encoding.ASCII.GetBytes(new string('x', 20) + value)))),
        ["Base64 of UTF-16"] = ("Base64 of UTF-16", static value => Convert.ToBase64String(Encoding.Unicode.GetBytes("powershell " + value))),
        ["Base64 of big-endian UTF-16"] = ("Base64 of UTF-16", static value => Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes("x" + value))),
        ["Base64 of Base64"] = ("Base64, encoded twice", static value => Base64("{\"keytab\":\"" + Base64("xy" + value) + "\"}")),
        ["hexadecimal of Base64"] = ("hexadecimal digits, encoded twice", static value => Convert.ToHexString(Encoding.ASCII.GetBytes(Base64("x" + value)))),
        ["Base64 of hexadecimal"] = ("Base64, encoded twice", static value => Base64("k" + Convert.ToHexStringLower(Encoding.ASCII.GetBytes(value)))),
        ["hexadecimal"] = ("hexadecimal digits", static value => "0x" + Convert.ToHexString(Encoding.UTF8.GetBytes(value))),
        ["hexadecimal, small"] = ("hexadecimal digits", static value => Convert.ToHexStringLower(Encoding.UTF8.GetBytes("a" + value))),
        ["hexadecimal, as BitConverter writes it"] = ("hexadecimal digits", static value => BitConverter.ToString(Encoding.UTF8.GetBytes(value))),
        ["hexadecimal, as OpenSSL writes it"] = ("hexadecimal digits", static value => string.Join(':', Encoding.UTF8.GetBytes(value).Select(static b => b.ToString("x2", CultureInfo.InvariantCulture)))),
        ["a list of bytes"] = ("a list of bytes", static value => JsonSerializer.Serialize(Encoding.UTF8.GetBytes(value).Select(static b => (int)b))),
        ["a list of bytes with spaces"] = ("a list of bytes", static value => "[" + string.Join(", ", Encoding.UTF8.GetBytes(value)) + "]"),
    };

    public static TheoryData<string> PlantNames => [.. Plants.Keys];

    public static TheoryData<string> AccountNames => [.. Canary.Accounts.Select(static account => account.Name)];

    [Theory]
    [MemberData(nameof(PlantNames))]
    public void Find_OfAPlantedForm_NamesTheForm(string plant)
    {
        var text = "before " + Plants[plant].Plant(Canary.Value) + " after";

        Canary.Find(text).Should().Be(Plants[plant].Form);
        Canary.Find(Encoding.UTF8.GetBytes(text)).Should().Be(Plants[plant].Form);
    }

    [Theory]
    [MemberData(nameof(PlantNames))]
    public void Find_OfAnotherCanary_FindsNothing(string plant)
    {
        var text = Plants[plant].Plant(new LeakCanary().Value);

        Canary.Find(text).Should().BeNull();
        Canary.Find(Encoding.UTF8.GetBytes(text)).Should().BeNull();
    }

    [Fact]
    public void Find_OfBytesOfUtf16_FindsThemInEitherOrder()
    {
        Canary.Find(Encoding.Unicode.GetBytes("x" + Canary.Value)).Should().Be("UTF-16");
        Canary.Find(Encoding.BigEndianUnicode.GetBytes("x" + Canary.Value)).Should().Be("UTF-16");
        Canary.Find([7, .. Encoding.Unicode.GetBytes(Canary.Value)]).Should().Be("UTF-16");
    }

    [Fact]
    public void Find_OfWhatIsNotThere_FindsNothing()
    {
        var random = RandomNumberGenerator.GetBytes(100_000);
        string?[] texts = [null, "", "***", "canary", "canary+", Canary.ToString(), Canary.Value[..30], new string(Canary.Value.Reverse().ToArray()), Canary.Value.Insert(20, "~"), Convert.ToBase64String(random), Convert.ToHexString(random)];

        texts.Should().OnlyContain(text => Canary.Find(text) == null);
        Canary.Find(random).Should().BeNull();
        Canary.Find([]).Should().BeNull();
    }

    [Fact]
    public void ThrowIfFound_WhenItIsThere_NamesSinkAndFormAndNotTheValue()
    {
        var check = () => Canary.ThrowIfFound("the log", Convert.ToHexString(Encoding.ASCII.GetBytes(Canary.Value)));

        var found = check.Should().Throw<LeakCanaryException>().Which;
        found.Sink.Should().Be("the log");
        found.Form.Should().Be("hexadecimal digits");
        found.Message.Should().Be("A secret came out in the log, as hexadecimal digits.");
        Canary.Find(found.ToString()).Should().BeNull();
    }

    [Fact]
    public void ThrowIfFound_WhenItIsNotThere_DoesNothing()
    {
        Canary.ThrowIfFound("text", "nothing here");
        Canary.ThrowIfFound("no text", (string?)null);
        Canary.ThrowIfFound("bytes", "nothing here"u8);
        Canary.ThrowIfFound("an exception", new InvalidOperationException("nothing here"));
    }

    public static TheoryData<string> ExceptionPlaces => ["message", "inner", "data", "data of inner", "aggregate", "argument", "help link", "bytes in data"];

    [Theory]
    [MemberData(nameof(ExceptionPlaces))]
    public void ThrowIfFound_OfAnExceptionThatHoldsIt_LooksEverywhere(string place)
    {
        var value = Canary.Value;
        var exception = place switch
        {
            "message" => new InvalidOperationException($"Cannot parse '{value}'."),
            "inner" => new InvalidOperationException("outer", new FormatException(value)),
            "data" => new InvalidOperationException("outer") { Data = { ["password"] = value } },
            "data of inner" => new InvalidOperationException("outer", new FormatException("inner") { Data = { ["password"] = new[] { "a", value } } }),
            "aggregate" => new AggregateException(new FormatException("first"), new FormatException("second") { Data = { [value] = 1 } }),
            "argument" => new ArgumentOutOfRangeException(nameof(place), value, "out of range"),
            "help link" => new InvalidOperationException("outer") { HelpLink = "https://help.example/?q=" + value },
            _ => (Exception)new InvalidOperationException("outer") { Data = { ["bytes"] = Encoding.UTF8.GetBytes(value) } },
        };

        var check = () => Canary.ThrowIfFound("an exception", exception);

        check.Should().Throw<LeakCanaryException>().Which.Sink.Should().Be("an exception");
    }

    [Fact]
    public void Value_OfEachCanary_IsItsOwn() => Enumerable.Range(0, 100).Select(static _ => new LeakCanary().Value).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Accounts_OfACanary_AreOfEveryTypeWithNamesOfTheirOwn()
    {
        Canary.Accounts.Select(static account => account.Type).Distinct().Should().BeEquivalentTo(AccountType.All);
        Canary.Accounts.Select(static account => account.Name).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(AccountNames))]
    public void Accounts_InEverySecretField_HoldTheCanary(string name)
    {
        var account = Find(name);
        var secrets = account.GetType().GetProperties().Where(static property => property.PropertyType == typeof(Secret)).ToList();

        foreach (var property in secrets)
        {
            var secret = (Secret?)property.GetValue(account);
            (secret is null ? IsFilledElsewhere(account, property) : Canary.Find(secret.Reveal()) is not null).Should().BeTrue(property.Name);
        }

        secrets.Should().Contain(property => property.GetValue(account) != null);
    }

    [Fact]
    public async Task Accounts_OfEveryType_CanBeSavedAndOpened()
    {
        await using var accounts = TestAccounts.Create();
        foreach (var account in Canary.Accounts)
        {
            await accounts.Vault.SaveAsync(account);

            (await accounts.Vault.OpenAsync(account.Name)).Account.Should().Be(account);
        }
    }

    [Fact]
    public void Accounts_OfKeyTypes_HoldKeysThatParseAndAreFoundInWhatIsDerived()
    {
        using var privateKey = ECDsa.Create();
        privateKey.ImportFromPem(((PrivateKeyAccount)Find("canary-private-key")).Key.Reveal());
        using var encrypted = ECDsa.Create();
        var encryptedKey = (PrivateKeyAccount)Find("canary-private-key-encrypted");
        encrypted.ImportFromEncryptedPem(encryptedKey.Key.Reveal(), encryptedKey.Passphrase!.Reveal());
        var chain = ((CertificateChainAccount)Find("canary-certificate-chain")).Chain.Reveal();
        using var certificate = X509Certificate2.CreateFromPem(chain, chain);
        using var certificateKey = certificate.GetECDsaPrivateKey()!;
        var encryptedChain = (CertificateChainAccount)Find("canary-certificate-chain-encrypted");
        using var encryptedCertificate = X509Certificate2.CreateFromEncryptedPem(encryptedChain.Chain.Reveal(), encryptedChain.Chain.Reveal(), encryptedChain.Password!.Reveal());
        using var publicKey = RSA.Create();
        publicKey.ImportFromPem(((PublicKeyAccount)Find("canary-public-key")).Key.Reveal());
        using var google = RSA.Create();
        google.ImportFromPem(JsonDocument.Parse(((GoogleKeyAccount)Find("canary-google-key")).Key.Reveal()).RootElement.GetProperty("private_key").GetString());

        foreach (var key in (ECDsa[])[privateKey, encrypted, certificateKey])
        {
            var d = key.ExportParameters(includePrivateParameters: true).D!;
            Canary.Find(d).Should().NotBeNull();
            Canary.Find($"{{\"kty\":\"EC\",\"d\":\"{System.Buffers.Text.Base64Url.EncodeToString(d)}\"}}").Should().Be("Base64");
            Canary.Find(key.ExportPkcs8PrivateKeyPem()).Should().Be("Base64");
            Canary.Find(key.ExportECPrivateKeyPem()).Should().Be("Base64");
        }

        encryptedCertificate.HasPrivateKey.Should().BeTrue();
        Canary.Find(certificate.ExportCertificatePem()).Should().BeNull("a certificate is public");
        Canary.Find(publicKey.ExportRSAPublicKeyPem()).Should().Be("Base64");
        google.KeySize.Should().Be(2048);
    }

    [Fact]
    public void Accounts_OfKerberos_HoldAKeytabOfOneAes256Key()
    {
        var keytab = Convert.FromBase64String(((KerberosAccount)Find("canary-kerberos")).Keytab.Reveal());

        // Version, length of the entry, one component, realm, principal, name type, time, version 1, etype 18, 32 bytes of key.
        Convert.ToHexStringLower(keytab.AsSpan(0, 8)).Should().Be("05020000" + (keytab.Length - 6).ToString("x4", CultureInfo.InvariantCulture) + "0001");
        Encoding.ASCII.GetString(keytab.AsSpan(10, 11)).Should().Be("EXAMPLE.COM");
        Convert.ToHexStringLower(keytab.AsSpan(keytab.Length - 37, 5)).Should().Be("0100120020");
        keytab.AsSpan(keytab.Length - 32).SequenceEqual(Encoding.ASCII.GetBytes(Canary.Value).AsSpan(7, 32)).Should().BeTrue();
    }

    private static Account Find(string name) => Canary.Accounts.Single(account => account.Name == name);

    // A key that is not encrypted has no password; the same type's encrypted account has it.
    private static bool IsFilledElsewhere(Account account, PropertyInfo property) =>
        Canary.Accounts.Any(other => other.GetType() == account.GetType() && property.GetValue(other) is Secret secret && Canary.Find(secret.Reveal()) is not null);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
