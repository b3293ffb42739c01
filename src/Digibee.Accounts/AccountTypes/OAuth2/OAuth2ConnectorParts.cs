namespace Digibee.Accounts;

/// <summary>What the connectors of all realms and environments share.</summary>
internal sealed record OAuth2ConnectorParts(AccountOpener Opener, IAccountSource Accounts, OAuth2Grants Grants, OAuth2Endpoints Endpoints, OAuth2Logins Logins, OAuth2Devices Devices, AccountSealer Sealer, TimeProvider Time);
