using EnterpriseProtocols;

// Each protocol against a server that somebody else wrote, started for the run and stopped at its end. Linux; the servers are installed by eng/install.sh.
var report = new Report();
await KerberosSample.RunAsync(report);
await NtlmSample.RunAsync(report);
return report.Conclude();
