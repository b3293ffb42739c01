using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>The three messages on one connection (MS-NTHT, section 1.3): what this client can do, the server's challenge, the answer to it.</summary>
internal sealed class NtlmHandshake(NtlmAccount account, NtlmConversation conversation, NtlmRefusal refusal, NtlmAttempts attempts, TimeProvider time)
{
    /// <summary>Signs the connection in.</summary>
    /// <param name="cancellationToken">Cancels the exchange.</param>
    /// <returns>Why the server refuses the user; <see langword="null"/> when it accepts it.</returns>
    /// <exception cref="AccountException">Anything else that is in the way, such as that it is no NTLM server.</exception>
    public async ValueTask<AccountAuthenticationException?> SignInAsync(CancellationToken cancellationToken)
    {
        // Whether this server was already seen to leave a connection signed in, so that it need not be asked once more.
        var isKnownToLast = attempts.IsAccepted;
        var asked = await conversation.AskAsync(NtlmNegotiateMessage.Bytes.ToArray(), cancellationToken).ConfigureAwait(false);
        if (asked is not { Status: 401, Message: not null })
        {
            throw refusal.NoChallenge(asked);
        }

        DemandOpen(asked);
        attempts.DemandNotRefused();
        var answer = Answer(asked.Message, out var flags);
        NtlmResponse signedIn;
        try
        {
            signedIn = await conversation.AskAsync(answer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(answer);
        }

        // Any other status is the application's, and about the path: who may not see it, or calls it with HEAD, is signed in all the same.
        if (signedIn.Status == 401)
        {
            return refusal.WrongUser(signedIn, flags);
        }

        DemandLasting(signedIn);
        if (!isKnownToLast && signedIn.Persists is null)
        {
            DemandLasting(await conversation.AskAsync(ReadOnlyMemory<byte>.Empty, cancellationToken).ConfigureAwait(false));
        }

        return null;
    }

    private void DemandLasting(NtlmResponse response)
    {
        if (NtlmRefusal.IsOutage(response.Status))
        {
            throw refusal.Outage(response);
        }

        if (response.Status == 401 || response.Persists == false)
        {
            throw refusal.EachRequest();
        }

        DemandOpen(response);
    }

    private void DemandOpen(NtlmResponse response)
    {
        if (!response.KeepsAlive)
        {
            throw refusal.Closes();
        }
    }

    private byte[] Answer(ReadOnlySpan<byte> message, out NtlmFlags flags)
    {
        if (NtlmChallengeMessage.TryParse(message, out var challenge) is var fault and not NtlmChallengeFault.None)
        {
            throw refusal.Malformed(fault);
        }

        flags = challenge.Flags;
        var identity = NtlmIdentity.Of(account);
        if (identity.IsTooLong)
        {
            throw refusal.TooLong();
        }

        if ((flags & NtlmFlags.Unicode) == NtlmFlags.None && !identity.IsAscii)
        {
            throw refusal.NotAscii();
        }

        Span<byte> clientChallenge = stackalloc byte[8];
        RandomNumberGenerator.Fill(clientChallenge);
        return new NtlmAuthenticateMessage
        {
            Identity = identity,
            ClientChallenge = clientChallenge,
            Time = time.GetUtcNow(),
            TargetName = conversation.TargetName,
            ChannelBindings = conversation.ChannelBindings,
        }.Create(challenge, account.Password);
    }
}
