using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace Digibee.Accounts;

/// <summary>A vault hit against a look-up of the same key in a concurrent dictionary.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class VaultBenchmarks : IDisposable
{
    private VaultSubject _subject = null!;

    [GlobalSetup]
    public void SetUp() => _subject = new VaultSubject();

    [GlobalCleanup]
    public void Dispose()
    {
        _subject.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Address")]
    public object LookUpByAddress() => _subject.LookUpByAddress();

    [Benchmark]
    [BenchmarkCategory("Address")]
    public object OpenByAddress() => _subject.OpenByAddress();

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Name")]
    public object LookUpByName() => _subject.LookUpByName();

    [Benchmark]
    [BenchmarkCategory("Name")]
    public object OpenByName() => _subject.OpenByName();
}
