namespace Digibee.Accounts;

internal static class DevelopmentKeyRing
{
    public static KeyRing LoadOrCreate(string environment) => KeyRing.Parse(environment);
}
