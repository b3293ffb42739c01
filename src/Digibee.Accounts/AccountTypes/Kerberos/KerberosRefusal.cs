using System.Globalization;

namespace Digibee.Accounts;

/// <summary>Turns what a KDC says into errors that a person can act on. By code: the texts of servers differ, and name things that are not theirs to name.</summary>
internal static class KerberosRefusal
{
    /// <summary>Gives the error for an answer to the request for a first ticket.</summary>
    public static AccountException OfAs(string accountName, KerberosErrorCode code) => Create(
        accountName,
        code,
        code switch
        {
            KerberosErrorCode.ClientUnknown => "does not know the principal. Check Principal and KerberosRealm, upper and lower case included, and that KeyDistributionCenters are that realm's.",
            KerberosErrorCode.ServiceUnknown => "is not one of the principal's realm. Check Principal and KerberosRealm, upper and lower case included, and KeyDistributionCenters.",
            KerberosErrorCode.ClientExpired => "says that the principal has expired. Let the administrator of the realm extend it.",
            KerberosErrorCode.ClientRevoked => "says that the principal is locked, disabled or expired. Let the administrator of the realm release it.",
            KerberosErrorCode.KeyExpired => "says that the principal's password has expired. Set a new one and save its new keytab.",
            KerberosErrorCode.PreauthenticationFailed or KerberosErrorCode.BadIntegrity =>
                "does not accept the key: the principal's password was changed after the keytab was written, or the keytab is another's. Write a new keytab and save it.",
            KerberosErrorCode.EncryptionTypeUnknown or KerberosErrorCode.NullKey =>
                "has no key in common with the keytab. Write the keytab again, with AES keys that the realm has; a domain that knows RC4 only needs AllowRc4.",
            KerberosErrorCode.ClockSkew => "says that the clocks differ, even after its own time was taken. Set the clocks of this machine and of the KDC.",
            KerberosErrorCode.WrongRealm => "says that the principal belongs to another realm. Write that realm into Principal or KerberosRealm, in capital letters if that is how it is written.",
            KerberosErrorCode.Policy => "does not allow it by its policy: logon hours, workstations, or the like.",
            KerberosErrorCode.PreauthenticationRequired => "asks for another proof than a key, such as a smart card or a one-time password. A keytab cannot give it.",
            _ => null,
        });

    /// <summary>Gives the error for an answer to the request for a ticket to a service.</summary>
    /// <param name="accountName">The account.</param>
    /// <param name="code">The code.</param>
    /// <param name="host">The host that the request goes to; <see langword="null"/> when the account names the service.</param>
    public static AccountException OfTgs(string accountName, KerberosErrorCode code, string? host)
    {
        var service = host is null ? "the service of ServicePrincipal" : $"the service HTTP/{host}";
        return Create(
            accountName,
            code,
            code switch
            {
                KerberosErrorCode.ServiceUnknown =>
                    $"does not know {service}. Let the administrator register that name, or set ServicePrincipal to the name it has; the realm of a host comes from domain_realm in Configuration.",
                KerberosErrorCode.ServiceExpired or KerberosErrorCode.ServiceRevoked => $"says that {service} has expired or is disabled. Let the administrator of the realm release it.",
                KerberosErrorCode.EncryptionTypeUnknown => $"has no key type in common with {service}. Give the service AES keys; a domain that knows RC4 only needs AllowRc4.",
                KerberosErrorCode.Policy => $"does not allow a ticket for {service} by its policy.",
                KerberosErrorCode.ClientRevoked or KerberosErrorCode.TicketRevoked or KerberosErrorCode.ClientExpired => "says that the principal is locked, disabled or expired. Let the administrator of the realm release it.",
                KerberosErrorCode.ClockSkew => "says that the clocks differ, even after its own time was taken. Set the clocks of this machine and of the KDC.",
                KerberosErrorCode.MustUseUserToUser => $"gives no ticket for {service}, which has no key of its own. Set ServicePrincipal to the name of a service.",
                _ => null,
            });
    }

    /// <summary>Gives the error for a realm none of whose servers answered.</summary>
    public static AccountUnavailableException NoAnswer(string accountName, KerberosRealm realm) => new(
        accountName,
        string.Create(
            CultureInfo.InvariantCulture,
            $"No key distribution center answered in time for account '{accountName}': {realm.Count} known, asked over UDP and TCP. Are KeyDistributionCenters or Configuration right, and is port 88 reachable?"));

    /// <summary>Gives the error for a keytab without a usable key.</summary>
    public static AccountValidationException NoKey(string accountName) =>
        new(accountName, [new AccountProblem(nameof(KerberosAccount.Keytab), "it holds no key of the account's principal that can be used. Save the account again to learn why.")]);

    /// <summary>Gives the error for an answer that cannot be right.</summary>
    public static AccountUnavailableException NotReadable(string accountName) => new(
        accountName,
        $"A key distribution center gave account '{accountName}' an answer that does not belong to the request, or that is none. Is it a KDC that KeyDistributionCenters or Configuration name?");

    /// <summary>Gives the error for a walk through realms that leads nowhere.</summary>
    public static AccountAuthenticationException NoWay(string accountName) => new(
        accountName,
        $"The key distribution centers sent account '{accountName}' from realm to realm without reaching the service's. Name that realm: in ServicePrincipal, or by domain_realm in Configuration.");

    private static AccountException Create(string accountName, KerberosErrorCode code, string? says)
    {
        if (says is not null)
        {
            return new AccountAuthenticationException(accountName, $"The key distribution center refused account '{accountName}': it {says}");
        }

        // A fault of the server's own, or a code that no rule of ours explains.
        var number = ((int)code).ToString(CultureInfo.InvariantCulture);
        return code is KerberosErrorCode.Generic or KerberosErrorCode.ServiceUnavailable
            ? new AccountUnavailableException(accountName, $"The key distribution center could not serve account '{accountName}' (Kerberos error {number}). Try again; its log says more.")
            : new AccountAuthenticationException(accountName, $"The key distribution center refused account '{accountName}' with Kerberos error {number} (RFC 4120, section 7.5.9). Its log says more.");
    }
}
