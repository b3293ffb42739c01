namespace Digibee.Accounts;

internal static class OpenSshKeyReader
{
    public static LoadedKey? Read(ReadOnlyMemory<byte> der, Secret? password, KeyMaterial material)
    {
        material.Fail(KeyProblem.Unsupported);
        return null;
    }
}
