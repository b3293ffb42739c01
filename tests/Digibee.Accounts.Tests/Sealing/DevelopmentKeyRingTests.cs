using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digibee.Accounts;

public sealed class DevelopmentKeyRingTests : IDisposable
{
    private const string GateVariable = "DIGIBEE_ACCOUNTS_TEST_GATE";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("digibee-accounts-");
    private readonly RecordingLogger _logger = new();

    private string Folder => Path.Combine(_root.FullName, "digibee-accounts");

    private string KeyFilePath => Path.Combine(Folder, "development.key");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void LoadOrCreate_AtFirstUse_MakesAKeyThatOnlyItsOwnerCanReadAndSaysSo()
    {
        using var ring = DevelopmentKeyRing.LoadOrCreate("test", _logger, Folder);

        var text = File.ReadAllText(KeyFilePath);
        text.Should().StartWith($"dgbk1.{ring.KeyIds.Single()}.").And.EndWith("\n");
        var (level, message) = _logger.Messages.Should().ContainSingle().Which;
        level.Should().Be(LogLevel.Warning);
        message.Should().Contain(KeyFilePath).And.Contain(ring.KeyIds[0]).And.NotContain(text.Substring(23, 10));
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(KeyFilePath).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(Folder).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void LoadOrCreate_Again_ReadsTheSameKeyInSilence()
    {
        using var first = DevelopmentKeyRing.LoadOrCreate("test", NullLogger.Instance, Folder);

        using var second = DevelopmentKeyRing.LoadOrCreate("dev", _logger, Folder);

        second.KeyIds.Should().Equal(first.KeyIds);
        _logger.Messages.Should().BeEmpty();
    }

    [Theory]
    [InlineData("prod")]
    [InlineData("PROD")]
    [InlineData("production")]
    public void LoadOrCreate_InProduction_IsRefusedAndMakesNothing(string environment)
    {
        var loading = () => DevelopmentKeyRing.LoadOrCreate(environment, _logger, Folder);

        loading.Should().Throw<InvalidOperationException>().WithMessage("*UseKeyRing(*");
        Directory.Exists(Folder).Should().BeFalse();
    }

    [Fact]
    public void LoadOrCreate_WithAFileThatStayedEmpty_MakesTheKeyAndSaysSo()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(KeyFilePath, "");
        TestFile.SetMode(KeyFilePath, TestFile.OwnersOnly);

        using var ring = DevelopmentKeyRing.LoadOrCreate("test", _logger, Folder);

        _logger.Messages.Should().ContainSingle();
        File.ReadAllText(KeyFilePath).Should().Contain(ring.KeyIds[0]);
    }

    [Fact]
    public void LoadOrCreate_WithAFileThatIsNoKey_IsRefusedAndLeavesIt()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(KeyFilePath, "not a key");
        TestFile.SetMode(KeyFilePath, TestFile.OwnersOnly);

        var loading = () => DevelopmentKeyRing.LoadOrCreate("test", _logger, Folder);

        loading.Should().Throw<AccountSealException>().WithMessage($"*{KeyFilePath}*").Which.Reason.Should().Be(AccountSealFailure.InvalidKey);
        File.ReadAllText(KeyFilePath).Should().Be("not a key");
    }

    [Fact]
    public void LoadOrCreate_WithAFileThatOthersMayRead_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no modes here.");
        DevelopmentKeyRing.LoadOrCreate("test", _logger, Folder).Dispose();
        TestFile.SetMode(KeyFilePath, (UnixFileMode)0b110_100_100);

        var loading = () => DevelopmentKeyRing.LoadOrCreate("test", _logger, Folder);

        loading.Should().Throw<AccountSealException>().WithMessage("*chmod 600*");
    }

    [Fact]
    public void LoadOrCreate_InAFolderThatOthersMayChange_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no modes here.");
        Directory.CreateDirectory(Folder);
        TestFile.SetMode(Folder, (UnixFileMode)0b111_111_111);

        var loading = () => DevelopmentKeyRing.LoadOrCreate("test", _logger, Folder);

        loading.Should().Throw<AccountSealException>().WithMessage("*chmod 700*");
        File.Exists(KeyFilePath).Should().BeFalse();
    }

    [Fact]
    public void LoadOrCreate_WhereAFileStandsForTheFolder_IsATypedRefusal()
    {
        File.WriteAllText(Folder, "");

        var loading = () => DevelopmentKeyRing.LoadOrCreate("test", _logger, Folder);

        loading.Should().Throw<AccountSealException>().WithMessage($"*{KeyFilePath}*").Which.InnerException.Should().BeNull();
    }

    [Fact]
    public async Task LoadOrCreate_ByManyAtOnce_GivesAllTheSameKey()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var ring = DevelopmentKeyRing.LoadOrCreate("test", _logger, Folder);
                return ring.KeyIds[0];
            },
            TaskCreationOptions.LongRunning)));

        ids.Distinct(StringComparer.Ordinal).Should().ContainSingle();
        _logger.Messages.Should().ContainSingle("one of them made it");
    }

    [Fact]
    public async Task UseDevelopmentKeyRing_InProcessesThatStartAtOnce_GivesAllTheSameKey()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The user's data folder is moved by XDG_DATA_HOME.");
        var gate = Path.Combine(_root.FullName, "gate");
        Directory.CreateDirectory(gate);
        var processes = Enumerable.Range(0, 3).Select(_ => StartThisProgram(gate)).ToArray();

        // All stand ready before the first may begin.
        await WaitUntil(() => Directory.GetFiles(gate, "*.ready").Length == 3 || Array.Exists(processes, static process => process.HasExited));
        await File.WriteAllTextAsync(Path.Combine(gate, "open"), "");
        await Task.WhenAll(processes.Select(static process => process.WaitForExitAsync()));

        processes.Select(static process => process.ExitCode).Should().OnlyContain(static code => code == 0);
        var ids = Directory.GetFiles(gate, "*.id").Select(File.ReadAllText).ToArray();
        ids.Should().HaveCount(3);
        ids.Distinct(StringComparer.Ordinal).Should().ContainSingle();
        File.ReadAllText(KeyFilePath).Should().StartWith($"dgbk1.{ids[0]}.");
        Array.ForEach(processes, static process => process.Dispose());
    }

    [Fact(Explicit = true)]
    public async Task UseDevelopmentKeyRing_StartedByTheTestOfSeveralProcesses_WritesItsKeyId()
    {
        var gate = Environment.GetEnvironmentVariable(GateVariable) ?? throw new InvalidOperationException($"{GateVariable} is not set: another test starts this one.");
        await using var services = new ServiceCollection().AddDigibeeAccounts(static options => options.Environment = "test").UseDevelopmentKeyRing().Services.BuildServiceProvider();
        var me = Path.Combine(gate, Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await File.WriteAllTextAsync(me + ".ready", "");
        await WaitUntil(() => File.Exists(Path.Combine(gate, "open")));

        var ring = services.GetRequiredService<KeyRing>();

        ring.KeyIds.Should().ContainSingle();
        await File.WriteAllTextAsync(me + ".id", ring.KeyIds[0]);
    }

    private static async Task WaitUntil(Func<bool> condition)
    {
        for (var clock = Stopwatch.StartNew(); !condition();)
        {
            clock.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(2));
            await Task.Delay(TimeSpan.FromMilliseconds(5)); // Between two looks: the other side is another process.
        }
    }

    private Process StartThisProgram(string gate)
    {
        // The compiled test program itself, however it was started.
        var program = Path.Combine(AppContext.BaseDirectory, "Digibee.Accounts.Tests.dll");
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [program, "-explicit", "only", "-method", $"{typeof(DevelopmentKeyRingTests).FullName}.{nameof(UseDevelopmentKeyRing_StartedByTheTestOfSeveralProcesses_WritesItsKeyId)}"];
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment[GateVariable] = gate;
        start.Environment["XDG_DATA_HOME"] = _root.FullName;
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private sealed class RecordingLogger : ILogger
    {
        private readonly Lock _lock = new();

        public List<(LogLevel Level, string Text)> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lock)
            {
                Messages.Add((logLevel, formatter(state, exception)));
            }
        }
    }
}
