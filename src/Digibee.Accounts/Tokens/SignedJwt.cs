using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Digibee.Accounts;

/// <summary>Signs JSON Web Tokens (RFC 7519) of our own. None is ever accepted here as proof of anything.</summary>
internal static class SignedJwt
{
    // No time of its own: ours come from the clock we are given.
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    // The library's cache would keep the keys for as long as the process lives.
    private static readonly CryptoProviderFactory Uncached = new() { CacheSignatureProviders = false };

    public static string Create(SecurityKey key, string algorithm, string type, Dictionary<string, object> claims, Dictionary<string, object>? header = null) =>
        Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = type,
            Claims = claims,
            AdditionalHeaderClaims = header,
            SigningCredentials = new SigningCredentials(key, algorithm) { CryptoProviderFactory = Uncached },
        });
}
