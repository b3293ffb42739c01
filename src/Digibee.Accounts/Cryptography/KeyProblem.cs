namespace Digibee.Accounts;

/// <summary>Why a key or certificate could not be read.</summary>
internal enum KeyProblem
{
    /// <summary>It was read.</summary>
    None = 0,

    /// <summary>There is no key or certificate in it.</summary>
    Nothing,

    /// <summary>A PEM block has no end, or another block's.</summary>
    CutOff,

    /// <summary>It is not what its label says, or holds a character that does not belong there.</summary>
    Malformed,

    /// <summary>It is encrypted, and there is no password.</summary>
    PasswordMissing,

    /// <summary>It is encrypted, and not under this password.</summary>
    PasswordWrong,

    /// <summary>Its algorithm, curve or encryption is not known here.</summary>
    Unsupported,

    /// <summary>Deriving the key from its password would take so long, or so much memory, that somebody means harm by it.</summary>
    TooMuchWork,
}
