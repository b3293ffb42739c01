namespace Digibee.Accounts;

/// <summary>A store does not keep the contract of <see cref="IAccountStore"/>.</summary>
public sealed class AccountStoreContractException : Exception
{
    internal AccountStoreContractException(string caseName, string expected, string actual, Exception? innerException = null)
        : base($"\"{caseName}\" does not hold. Expected: {expected}. Came: {actual}.", innerException)
    {
        CaseName = caseName;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>Gets the name of the case.</summary>
    public string CaseName { get; }

    /// <summary>Gets what the contract asks for.</summary>
    public string Expected { get; }

    /// <summary>Gets what the store did instead.</summary>
    public string Actual { get; }
}
