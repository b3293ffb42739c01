using BenchmarkDotNet.Running;
using Digibee.Accounts;

// "compare [filter]": us against the peers, one line a case. Anything else is BenchmarkDotNet's, such as "--filter *Sealing*".
if (args is ["compare", .. var filters])
{
    return ComparisonProgram.Run(filters);
}

BenchmarkSwitcher.FromAssembly(typeof(ComparisonProgram).Assembly).Run(args);
return 0;
