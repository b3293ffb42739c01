using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Digibee.Accounts;

public sealed class SecretTests
{
    private static readonly FieldInfo Bytes = typeof(Secret).GetField("_utf8", BindingFlags.NonPublic | BindingFlags.Instance)!;

    private static readonly Secret Sample = new("open s3same");

    [Theory]
    [InlineData("")]
    [InlineData("open sesame")]
    [InlineData("\0\r\n")]
    [InlineData("ünïcödé \U0001F511")]
    public void Reveal_OfAnyText_GivesItBack(string text)
    {
        new Secret(text).Reveal().Should().Be(text);
        new Secret(text.AsSpan()).Reveal().Should().Be(text);
        new Secret(Encoding.UTF8.GetBytes(text)).Reveal().Should().Be(text);
        new Secret(text).RevealBytes().ToArray().Should().Equal(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public void Constructor_OfNull_IsRefused() => FluentActions.Invoking(() => new Secret((string)null!)).Should().Throw<ArgumentNullException>();

    [Fact]
    public void Constructor_OfHalfASurrogatePair_IsRefusedWithoutRepeatingIt()
    {
        // Not as data of a theory: attributes are stored as UTF-8, which cannot hold it.
        foreach (var text in (string[])["c4n4ry\uD83D", "\uDD11c4n4ry"])
        {
            FluentActions.Invoking(() => new Secret(text)).Should().Throw<ArgumentException>().Which.ToString().Should().NotContainAny("c4n4ry", "D83D", "DD11");
        }
    }

    [Fact]
    public void Constructor_OfBytesThatAreNoUtf8_IsRefused() =>
        FluentActions.Invoking(() => new Secret([0xC0, 0x80])).Should().Throw<ArgumentException>().WithParameterName("utf8Text");

    [Fact]
    public void Constructor_OfBytes_CopiesThem()
    {
        var bytes = "abc"u8.ToArray();
        var secret = new Secret(bytes);

        CryptographicOperations.ZeroMemory(bytes);

        secret.Reveal().Should().Be("abc");
    }

    [Fact]
    public void RevealBytes_AfterACompactingCollection_IsWhereItWas()
    {
        var secrets = Enumerable.Range(0, 1_000).Select(static number => (Garbage: new byte[64], Secret: new Secret($"s3same-{number}")).Secret).ToArray();
        var before = secrets.Select(Address).ToArray();

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);

        secrets.Select(Address).Should().Equal(before, "a moved secret leaves a copy behind");

        static nint Address(Secret secret) => Marshal.UnsafeAddrOfPinnedArrayElement((byte[])Bytes.GetValue(secret)!, 0);
    }

    [Fact]
    public void Equals_OfSecrets_ComparesTheirText()
    {
        var same = new Secret("open s3same");
        Secret? none = null;

        (Sample == same).Should().BeTrue();
        Sample.Equals((object)same).Should().BeTrue();
        (Sample != new Secret("open s3samf")).Should().BeTrue();
        (Sample == new Secret("open s3sam")).Should().BeFalse();
        (Sample == new Secret("")).Should().BeFalse();
        (Sample == none).Should().BeFalse();
        (none == Sample).Should().BeFalse();
        (none == null).Should().BeTrue();
        Sample.Equals("open s3same").Should().BeFalse();
    }

    [Fact]
    public void Equals_ByItsCode_ComparesInFixedTime() =>
        Calls(typeof(Secret).GetMethod(nameof(Secret.Equals), [typeof(Secret)])!)
            .Should().ContainSingle(static method => method.DeclaringType == typeof(CryptographicOperations) && method.Name == nameof(CryptographicOperations.FixedTimeEquals))
            .And.NotContain(static method => method.Name.StartsWith("SequenceEqual", StringComparison.Ordinal));

    [Fact]
    public void GetHashCode_OfAnySecret_IsTheSame() => new Secret("a").GetHashCode().Should().Be(new Secret("b").GetHashCode());

    [Fact]
    public void ToString_OfAnySecret_IsThreeStars()
    {
        Sample.ToString().Should().Be("***");
        $"{Sample}|{Sample,6}".Should().Be("***|   ***");
        string.Concat("x", Sample).Should().Be("x***");
    }

    [Fact]
    public void Json_OfAnySecret_IsThreeStarsOutAndNothingIn()
    {
        JsonSerializer.Serialize(Sample).Should().Be("\"***\"");
        JsonSerializer.Serialize(new { Sample, list = new[] { Sample } }).Should().Be("""{"Sample":"***","list":["***"]}""");
        FluentActions.Invoking(() => JsonSerializer.Deserialize<Secret>("\"c4n4ry\"")).Should().Throw<NotSupportedException>().Which.ToString().Should().NotContain("c4n4ry");
    }

    [Fact]
    public void Destructuring_ByALogger_FindsNothing()
    {
        var sink = new ListSink();
        using var logger = new LoggerConfiguration().WriteTo.Sink(sink).CreateLogger();

        logger.Information("{@Secret} {Secret} {@Account}", Sample, Sample, new OAuthBearerAccount { Name = "a", Token = Sample });

        var logged = sink.Events.Should().ContainSingle().Subject;
        string.Concat(logged.RenderMessage(System.Globalization.CultureInfo.InvariantCulture), string.Join(' ', logged.Properties)).Should().NotContainAny("s3same", Convert.ToBase64String("open s3same"u8), "111, 112");
    }

    [Fact]
    public void Properties_OfTheType_AreNoneThatAnyoneCouldRead()
    {
        typeof(Secret).GetProperties().Should().BeEmpty();
        typeof(Secret).GetFields(BindingFlags.Public | BindingFlags.Instance).Should().BeEmpty();
        typeof(Secret).GetMethods().Should().NotContain(static method => method.Name == "op_Implicit" || method.Name == "op_Explicit");
    }

    [Fact]
    public void Debugger_OfAnySecret_ShowsThreeStarsAndNoField()
    {
        typeof(Secret).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value.Should().Be("***");
        typeof(Secret).GetFields(BindingFlags.NonPublic | BindingFlags.Instance)
            .Should().OnlyContain(static field => field.GetCustomAttribute<DebuggerBrowsableAttribute>()!.State == DebuggerBrowsableState.Never);
    }

    // What a short method calls. A byte of an operand may look like a call's opcode; what follows it is then no token of a method (ECMA-335, II.22: tables 0x06, 0x0A and 0x2B).
    private static List<MethodBase> Calls(MethodInfo method)
    {
        var il = method.GetMethodBody()!.GetILAsByteArray()!;
        var calls = new List<MethodBase>();
        for (var i = 0; i + 4 < il.Length; i++)
        {
            if (il[i + 4] is 0x06 or 0x0A or 0x2B && (il[i] == OpCodes.Call.Value || il[i] == OpCodes.Callvirt.Value))
            {
                calls.Add(method.Module.ResolveMethod(BitConverter.ToInt32(il, i + 1))!);
                i += 4;
            }
        }

        return calls;
    }

    private sealed class ListSink : ILogEventSink
    {
        public List<LogEvent> Events { get; } = [];

        public void Emit(LogEvent logEvent) => Events.Add(logEvent);
    }
}
