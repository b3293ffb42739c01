using BenchmarkDotNet.Attributes;

namespace Digibee.Accounts;

/// <summary>A bearer request through the whole pipeline against a handler written by hand, both over a stub.</summary>
[MemoryDiagnoser]
public class BearerRequestBenchmarks : IDisposable
{
    private RequestSubject _subject = null!;

    [GlobalSetup]
    public void SetUp() => _subject = BearerRequestCase.Subject();

    [GlobalCleanup]
    public void Dispose()
    {
        _subject.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void HandWritten() => _subject.SendPeer();

    [Benchmark]
    public void Account() => _subject.SendOurs();
}
