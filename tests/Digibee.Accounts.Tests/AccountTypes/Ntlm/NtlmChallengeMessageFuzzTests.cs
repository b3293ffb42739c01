namespace Digibee.Accounts;

[Trait("Category", "Fuzz")]
public sealed class NtlmChallengeMessageFuzzTests
{
    [Fact]
    public void TryParse_OfMutatedChallenges_NamesAFaultOrGivesWhatCanBeAnswered()
    {
        byte[][] corpus = [NtlmExample.Challenge, NtlmExample.ChallengeWithTimestamp, NtlmExample.Authenticate, NtlmNegotiateMessage.Bytes.ToArray(), []];

        Fuzzer.Run(corpus, static input =>
        {
            if (NtlmChallengeMessage.TryParse(input, out var challenge) != NtlmChallengeFault.None)
            {
                return;
            }

            var answer = new NtlmAuthenticateMessage
            {
                Identity = NtlmExample.Identity,
                ClientChallenge = NtlmExample.ClientChallenge,
                Time = NtlmExample.Time,
                TargetName = "HTTP/server.example",
                ChannelBindings = NtlmExample.ChannelBindings,
            }.Create(challenge, NtlmExample.Password);
            var response = NtlmTestFields.NtResponse(answer);
            var pairs = new NtlmAvPairs(response[44..]);
            var seen = new List<NtlmAvId>();
            while (pairs.MoveNext())
            {
                seen.Add(pairs.Id);
            }

            pairs.IsComplete.Should().BeTrue();
            seen.Where(static id => id is NtlmAvId.ChannelBindings or NtlmAvId.TargetName).Should().BeEquivalentTo([NtlmAvId.ChannelBindings, NtlmAvId.TargetName]);
            answer.Length.Should().BeLessThan(input.Length + 400);
        });
    }
}
