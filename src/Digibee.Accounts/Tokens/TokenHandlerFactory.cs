namespace Digibee.Accounts;

/// <summary>Makes what carries token requests. A type of its own, so that tests can put their network in its place.</summary>
/// <param name="Create">Makes a handler; <c>true</c> for endpoints that came from data. It follows no redirect and keeps no cookie.</param>
internal sealed record TokenHandlerFactory(Func<bool, HttpMessageHandler> Create);
