namespace Digibee.Accounts;

/// <summary>What one case cost: medians over the rounds, for one operation.</summary>
/// <param name="OursNanoseconds">Our time.</param>
/// <param name="PeerNanoseconds">The peer's time.</param>
/// <param name="Ratio">The median of each round's own ratio, ours to the peer's. It is not the ratio of the two medians: what disturbs a whole round disturbs both sides of it.</param>
/// <param name="OursBytes">What we allocate.</param>
/// <param name="PeerBytes">What the peer allocates.</param>
internal sealed record ComparisonResult(double OursNanoseconds, double PeerNanoseconds, double Ratio, double OursBytes, double PeerBytes);
