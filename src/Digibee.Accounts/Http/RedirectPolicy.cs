namespace Digibee.Accounts;

/// <summary>What the user's primary handler would have done about redirects. It is switched off there: below us, a redirect carries every header but Authorization to another origin.</summary>
/// <param name="Follow">Whether redirects are followed.</param>
/// <param name="Limit">The most redirects of one message.</param>
internal sealed record RedirectPolicy(bool Follow, int Limit)
{
    public static RedirectPolicy Return { get; } = new(Follow: false, Limit: 0);
}
