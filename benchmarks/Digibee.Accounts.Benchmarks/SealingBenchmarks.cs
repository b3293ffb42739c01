using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace Digibee.Accounts;

/// <summary>Suite 1 against ASP.NET Core's default data protector.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class SealingBenchmarks : IDisposable
{
    private SealingSubject _subject = null!;

    [Params(256, 1_024, 4_096)]
    public int PlaintextBytes { get; set; }

    [GlobalSetup]
    public void SetUp() => _subject = new SealingSubject(PlaintextBytes);

    [GlobalCleanup]
    public void Dispose()
    {
        _subject.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Seal")]
    public byte[] Protect() => _subject.Protect();

    [Benchmark]
    [BenchmarkCategory("Seal")]
    public byte[] Seal() => _subject.Seal();

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Open")]
    public int Unprotect() => _subject.Unprotect();

    [Benchmark]
    [BenchmarkCategory("Open")]
    public int Open() => _subject.Open();
}
