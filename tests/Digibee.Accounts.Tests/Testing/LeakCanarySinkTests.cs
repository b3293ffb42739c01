#pragma warning disable CA1848, CA1873 // Logged as programs log; nobody measures it.
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using FluentAssertions.Formatting;
using Microsoft.Extensions.Logging;
using Serilog;

namespace Digibee.Accounts;

/// <summary>A secret in every secret field of every type, driven through whatever prints, logs, serializes, inspects or refuses an account.</summary>
public sealed class LeakCanarySinkTests
{
    private static readonly LeakCanary Canary = new();

    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true, WriteIndented = true };

    public static TheoryData<string> AccountNames => [.. Canary.Accounts.Select(static account => account.Name)];

    [Theory]
    [MemberData(nameof(AccountNames))]
    public void Text_OfAnAccount_HoldsNoSecret(string name)
    {
        var account = Find(name);

        Shows(name, account.ToString(), "ToString");
        Shows(name, $"{account}", "interpolation");
        Shows(name, string.Format(CultureInfo.InvariantCulture, "{0,-20}", account), "string.Format");
        Shows(name, "" + account, "concatenation");
        Shows(name, string.Join(", ", new object[] { account }), "string.Join");
        Shows(name, new { account }.ToString(), "an anonymous type");
        Shows(name, (account, 1).ToString(), "a tuple");
        Shows(name, Formatter.ToString(account), "a test framework's message");
    }

    [Theory]
    [MemberData(nameof(AccountNames))]
    public void With_OfAnAccount_KeepsTheSecretAndShowsNone(string name)
    {
        var account = Find(name);

        var changed = account with { Description = "changed", AllowedOrigins = AllowedOrigins.Any };

        Shows("changed", changed.ToString(), "ToString of a changed record");
        (changed with { Description = account.Description, AllowedOrigins = account.AllowedOrigins }).Should().Be(account);
        account.GetHashCode().Should().Be((account with { }).GetHashCode());
    }

    [Theory]
    [MemberData(nameof(AccountNames))]
    public void Serilog_WithOrWithoutDestructuring_WritesNoSecret(string name)
    {
        var account = Find(name);
        var events = new CapturedLogEvents();
        using var logger = new LoggerConfiguration().MinimumLevel.Verbose().Enrich.FromLogContext().WriteTo.Sink(events).CreateLogger();

        logger.Verbose("{@Account}", account);
        logger.Verbose("{Account} {$Text}", account, account);
        logger.Verbose("{@Wrapped}", new { Inner = new { account } });
        logger.Verbose("{@Accounts}", new List<Account> { account });
        logger.Verbose("{@Accounts}", new Dictionary<string, Account>(StringComparer.Ordinal) { ["key"] = account });
        logger.ForContext("Account", account, destructureObjects: true).Verbose("context");
        logger.Verbose(new InvalidOperationException(account.ToString()) { Data = { ["account"] = account } }, "failed");

        Shows(name, events.Text, "Serilog");
    }

    [Theory]
    [MemberData(nameof(AccountNames))]
    public void Logging_OfAnAccount_WritesNoSecret(string name)
    {
        var account = Find(name);
        using var provider = new LeakCanaryLoggerProvider();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(provider).SetMinimumLevel(LogLevel.Trace));
        var logger = factory.CreateLogger("test");

        using (logger.BeginScope("{Account}", account))
        using (logger.BeginScope(account))
        {
            logger.LogTrace("{Account}", account);
            logger.LogTrace("{Accounts}", new List<Account> { account });
            logger.LogTrace(new InvalidOperationException(account.ToString()) { Data = { ["account"] = account } }, "failed");
        }

        Shows(name, provider.Text, "the log");
    }

    [Theory]
    [MemberData(nameof(AccountNames))]
    public void Json_OfAnAccount_HoldsNoSecret(string name)
    {
        var account = Find(name);

        Shows(name, JsonSerializer.Serialize(account, account.GetType()), "JSON of the type");
        Shows(name, JsonSerializer.Serialize(account), "JSON of the base type");
        Shows(name, JsonSerializer.Serialize<object>(new { account = (object)account }), "JSON of an object");
        Shows(name, JsonSerializer.Serialize<object>(account, JsonSerializerOptions.Web), "JSON with web options");
        Shows(name, JsonSerializer.Serialize<object>(account, WithFields), "JSON with fields");
        Shows(name, JsonSerializer.SerializeToNode(account, account.GetType())!.ToJsonString(), "a JSON node");
        Shows(name, JsonSerializer.Serialize(account, account.GetType(), LeakCanaryJsonContext.Default), "JSON of a generated serializer");
        Canary.ThrowIfFound("JSON bytes", JsonSerializer.SerializeToUtf8Bytes<object>(account));
    }

    [Theory]
    [MemberData(nameof(AccountNames))]
    public void Json_ThatHoldsASecret_IsRefusedWithoutRepeatingIt(string name)
    {
        var account = Find(name);
        var json = JsonSerializer.Serialize(account, account.GetType()).Replace("***", JsonEncodedText.Encode(Canary.Value).Value, StringComparison.Ordinal);
        Canary.Find(json).Should().NotBeNull();

        var read = () => JsonSerializer.Deserialize(json, account.GetType());

        Refused(read.Should().Throw<Exception>().Which, "reading JSON");
    }

    [Theory]
    [MemberData(nameof(AccountNames))]
    public void Debugger_OverEveryPropertyAndVisibleField_ShowsNoSecret(string name)
    {
        var shown = ObjectWalk.Of(Find(name)).ToList();

        shown.Should().Contain(static item => item.Path.EndsWith(".Type.Slug", StringComparison.Ordinal), "the walk goes into properties of properties");
        foreach (var (path, text) in shown)
        {
            Canary.ThrowIfFound(path, text);
        }
    }

    [Fact]
    public void Init_OfWhatCanNeverBeRight_RefusesWithoutRepeatingIt()
    {
        var refusals = 0;
        foreach (var account in Canary.Accounts)
        {
            foreach (var property in account.GetType().GetProperties().Where(static property => property.CanWrite))
            {
                foreach (var wrong in Wrong(property.PropertyType))
                {
                    try
                    {
                        property.SetValue(account with { }, wrong);
                    }
                    catch (TargetInvocationException exception)
                    {
                        refusals++;
                        exception.InnerException.Should().BeAssignableTo<ArgumentException>();
                        Refused(exception.InnerException!, $"{account.GetType().Name}.{property.Name}");
                    }
                }
            }
        }

        refusals.Should().BeGreaterThan(100);
    }

    [Theory]
    [MemberData(nameof(AccountNames))]
    public async Task SaveAsync_OfAnAccountThatIsWrong_RefusesWithoutRepeatingIt(string name)
    {
        var account = Find(name);
        await using var accounts = TestAccounts.Create();
        var refusals = 0;
        foreach (var property in account.GetType().GetProperties().Where(static property => property.CanWrite && property.Name != nameof(Account.Name)))
        {
            foreach (var wrong in Doubtful(property.PropertyType))
            {
                if (Changed(account, property, wrong) is not { } changed)
                {
                    continue;
                }

                try
                {
                    // It may be taken: then what is said of it in clear holds no secret either. What was no secret may be repeated there.
                    var summary = await accounts.Vault.SaveAsync(changed, cancellationToken: TestContext.Current.CancellationToken);
                    if (property.PropertyType == typeof(Secret))
                    {
                        Canary.ThrowIfFound($"the summary after {property.Name}", string.Join('\n', ObjectWalk.Of(summary).Select(static item => item.Text)));
                    }

                    Canary.ThrowIfFound($"warnings about {property.Name}", summary.Warnings.ToString());
                }
                catch (AccountValidationException exception)
                {
                    refusals++;
                    Refused(exception, $"{account.GetType().Name}.{property.Name}");
                    exception.Problems.Should().OnlyContain(static problem => Canary.Find(problem.ToString()) == null);
                }
            }
        }

        refusals.Should().BeGreaterThan(3);
    }

    [Fact]
    public void Parsers_OfWhatTheyCannotRead_RefuseWithoutRepeatingIt()
    {
        var value = Canary.Value;
        Func<object?>[] parsers =
        [
            () => AccountAddress.Parse(value),
            () => AccountAddress.Parse("realm/test/" + value),
            () => new AccountAddress("realm", "test", value),
            () => new AccountAddress(value, "test", "crm"),
            () => AllowedOrigins.Create([value]),
            () => AllowedOrigins.Create(["https://user:" + value + "@api.example"]),
            () => AllowedOrigins.Create(["https://api.example/?key=" + value]),
            () => AllowedOrigins.Create(["ftp://" + value]),
            () => AccountType.Parse(value),
            () => KeyRing.Parse(value),
            () => KeyRing.Parse("dgbk1" + value),
            () => new Secret(value + "\ud800"),
            () => new Secret([.. Canary.Secret.RevealBytes(), 0xFF]),
            () => JsonSerializer.Deserialize<Secret>(JsonSerializer.Serialize(value)),
            () => JsonSerializer.Deserialize<AllowedOrigins>(JsonSerializer.Serialize(new[] { value })),
            () => JsonSerializer.Deserialize<NameList>("[\"" + value),
        ];

        for (var i = 0; i < parsers.Length; i++)
        {
            var parse = parsers[i];
            Refused(parse.Should().Throw<Exception>($"parser {i + 1} cannot read this").Which, $"parser {i + 1}");
        }
    }

    private static Account Find(string name) => Canary.Accounts.Single(account => account.Name == name);

    // That the name is there shows that the sink wrote the account at all.
    private static void Shows(string what, string? text, string sink)
    {
        text.Should().Contain(what);
        Canary.ThrowIfFound(sink, text);
    }

    private static void Refused(Exception exception, string sink)
    {
        Canary.ThrowIfFound(sink, exception);
        exception.Message.Should().NotBeEmpty();
    }

    private static Account? Changed(Account account, PropertyInfo property, object? value)
    {
        var changed = account with { };
        try
        {
            property.SetValue(changed, value);
            return changed;
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    private static IEnumerable<object?> Wrong(Type type)
    {
        var value = Canary.Value;
        return type == typeof(string) ? [value + "\r\nX-Other: 1", "\0" + value, value + ":" + value, value + "\n"]
            : type == typeof(Secret) ? [new Secret(value + "\r\nX-Other: 1"), new Secret("\0" + value), new Secret(value + "\n")]
            : type.IsEnum ? [Enum.ToObject(type, 77)]
            : type == typeof(int) ? [0, -1, 70_000]
            : [];
    }

    private static IEnumerable<object?> Doubtful(Type type)
    {
        var value = Canary.Value;
        string[] texts =
        [
            "", value, value + "\u00e9", value + "\u0001", " " + value, value + "=", value + "!", string.Concat(Enumerable.Repeat(value, 300)), "{\"client_email\":\"" + value + "\"}", "{\"" + value + "\":1,", "[" + value,
            "-----BEGIN PRIVATE KEY-----\n" + value, "-----BEGIN " + value + "-----\n" + value + "\n-----END " + value + "-----", "-----BEGIN PRIVATE KEY-----\n" + value + "\n-----END PRIVATE KEY-----\n-----BEGIN PRIVATE KEY-----", Convert.ToBase64String(Canary.Secret.RevealBytes()),
            Convert.ToHexString(Canary.Secret.RevealBytes()), Convert.ToHexString(Canary.Secret.RevealBytes())[1..], value + "@" + value + "@" + value, value + "\\" + value, "https://" + value, value + ":99999",
        ];
        return type == typeof(string) ? texts
            : type == typeof(Secret) ? texts.Select(static text => new Secret(text))
            : type == typeof(NameList) ? texts.Where(static text => text.Length > 0).Select(NameOrNull).OfType<NameList>()
            : type == typeof(AllowedOrigins) ? [AllowedOrigins.Any]
            : [];
    }

    private static NameList? NameOrNull(string text)
    {
        try
        {
            return [text];
        }
        catch (ArgumentException exception)
        {
            Refused(exception, nameof(NameList));
            return null;
        }
    }
}
