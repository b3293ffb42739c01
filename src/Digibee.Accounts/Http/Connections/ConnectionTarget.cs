using System.Diagnostics;

namespace Digibee.Accounts;

/// <summary>Where connections lead that are signed in. Read off a message before it is sent: while a connection is being opened, a redirect may turn the message it is opened for to another server.</summary>
/// <param name="Origin">The origin of the message's URI.</param>
/// <param name="HostHeader">The message's <c>Host</c> header, which names another host on that server; <see langword="null"/> for none.</param>
internal readonly record struct ConnectionTarget(Origin Origin, string? HostHeader)
{
    public static ConnectionTarget Of(AccountRequest request) => Origin.TryCreate(request.RequestUri, out var origin)
        ? new(origin, request.HostHeader)
        : throw new UnreachableException("The origin of a message is checked before an account is applied to it.");
}
