using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

public sealed class SignatureJudgeTests
{
    public static IEnumerable<TheoryDataRow<string>> Ids => SignatureVectors.CaseIds;

    [Theory]
    [MemberData(nameof(Ids))]
    public void Judge_OfASignatureOfTheRfc_SaysWhatTheRfcSays(string id)
    {
        var vector = SignatureVectors.Case(id);
        var (message, signature) = Read(vector);
        var verification = new MessageVerification { Algorithm = SignatureVectors.Algorithm(vector.Text("alg")) };
        var judge = new SignatureJudge(verification, new NonceMemory(), new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(signature.Created!.Value)));

        var result = judge.Judge(signature, message, Open(SignatureVectors.Accounts(vector.Text("keyid")).Checking));

        result.IsValid.Should().Be(vector.GetProperty("valid").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void WriteLine_OfTheComponentsOfAMessageOfTheRfc_IsItsSignatureBase(string id)
    {
        var vector = SignatureVectors.Case(id);
        var (message, signature) = Read(vector);

        Base(signature, message).Should().Be(vector.Text("signatureBase"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Sign_OfASignatureBaseOfTheRfc_IsItsSignatureWhereThatIsTheOnlyOne(string id)
    {
        var vector = SignatureVectors.Case(id);
        var algorithm = SignatureVectors.Algorithm(vector.Text("alg"));
        var (signing, checking) = SignatureVectors.Accounts(vector.Text("keyid"));
        var text = Encoding.ASCII.GetBytes(vector.Text("signatureBase"));
        var signature = new byte[1_024];

        var length = SigningKey.Of(Open(signing)).Sign(text, algorithm, signature);

        VerificationKey.Of(Open(checking)).Verify(text, signature.AsSpan(0, length), algorithm).Should().BeTrue();
        if (vector.GetProperty("deterministic").GetBoolean() && vector.GetProperty("valid").GetBoolean())
        {
            Convert.ToBase64String(signature.AsSpan(0, length)).Should().Be(vector.Text("signature"));
        }
    }

    // The message of a case, with the case's signature read as a receiver reads it.
    private static (SignatureMessage Message, ReceivedSignature Signature) Read(System.Text.Json.JsonElement vector)
    {
        var message = SignatureVectors.Message(vector.Text("message"), vector.TryGetProperty("requestMessage", out var request) ? request.GetString() : null);
        var signed = new SignedMessage(message, $"{vector.Text("label")}={vector.Text("signatureParams")}", $"{vector.Text("label")}=:{vector.Text("signature")}:");

        ReceivedSignatureReader.Read(signed, vector.Text("label"), out var signatures).Should().BeNull();
        return (message, signatures.Single());
    }

    private static string Base(ReceivedSignature signature, SignatureMessage message)
    {
        var workspace = SignatureWorkspace.Take();
        try
        {
            foreach (var component in signature.Components)
            {
                workspace.WriteLine(component, message, MessageVerification.Default.StructuredFields).Should().BeNull();
            }

            StructuredFieldWriter.WriteMember(workspace.Header, signature.Input);
            workspace.WriteParameters(workspace.Header.Written);
            return Encoding.ASCII.GetString(workspace.Base.Written);
        }
        finally
        {
            workspace.GiveBack();
        }
    }

    private static OpenedAccount Open(Account account) => new(new AccountAddress("default", "test", account.Name), revision: 1, account);
}
