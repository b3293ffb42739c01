namespace Digibee.Accounts;

/// <summary>Limits checked when an account is saved. Lowering one leaves stored accounts usable.</summary>
public sealed class AccountLimits
{
    /// <summary>Gets or sets the most characters of one value.</summary>
    /// <value>1 to 500,000. The default is 10,000, the platform's limit.</value>
    public int ValueLength { get; set; } = 10_000;

    /// <summary>Gets or sets the most characters of a description.</summary>
    /// <value>0 to 2,000. The default is 1,000.</value>
    public int DescriptionLength { get; set; } = 1_000;

    /// <summary>Gets or sets the most origins of one account.</summary>
    /// <value>1 to 100. The default is 50.</value>
    public int Origins { get; set; } = 50;

    /// <summary>Gets or sets the most projects of one account.</summary>
    /// <value>1 to 200. The default is 100.</value>
    public int Projects { get; set; } = 100;

    /// <summary>Gets or sets whether certificate chains are refused, and not only warned of, when their certificates are out of order, when they hold others that do not belong to the chain, or when the issuer's
    /// certificate is not in them.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool StrictCertificateChains { get; set; }
}
