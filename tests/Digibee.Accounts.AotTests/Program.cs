using Digibee.Accounts;

// Published with native AOT and run by eng/test.sh: what works by reflection in a test host does not work here.
var checks = new (string Name, Func<Task> Run)[]
{
    ("every type comes back from its sealed bytes", StoredAccounts.EveryTypeComesBackAsync),
    ("another key ring opens nothing", StoredAccounts.AnotherKeyRingOpensNothingAsync),
    ("a change, its history and the way back", StoredAccounts.ChangesCanBeTakenBackAsync),
    ("an account in SQLite outlives the program", StoredAccounts.SqliteOutlivesTheProgramAsync),
    ("a save lists every problem", StoredAccounts.SaveListsEveryProblemAsync),
    ("accounts of a configuration are applied and changed", ConfiguredAccountsOfAProgram.AreAppliedAndChangedAsync),
    ("accounts are exported, imported and read from other programs", MovedAccounts.ComeBackAsync),
    ("options are validated", Settings.OptionsAreValidatedAsync),
    ("key texts are parsed", Settings.KeyTextsAreParsedAsync),
    ("a program's own JSON shows no secret", Settings.JsonShowsNoSecretAsync),
    ("every HTTP type is applied, asynchronously and not", AppliedAccounts.EveryTypeIsAppliedAsync),
    ("a client of the factory applies its account", AppliedAccounts.FactoryClientAppliesAsync),
    ("a certificate is presented on the connection", PresentedCertificates.CertificateIsPresentedAsync),
    ("a connection is signed in with NTLM", SignedInConnections.ConnectionIsSignedInAsync),
    ("a foreign origin is refused", AppliedAccounts.ForeignOriginIsRefusedAsync),
    ("a rotation takes effect on the next request", AppliedAccounts.RotationTakesEffectAsync),
    ("a Google key signs", AppliedAccounts.GoogleKeySignsAsync),
    ("keys are made, sign and are exported", SigningAccounts.KeysAreMadeAndSignAsync),
    ("a secret key makes and checks MACs", SigningAccounts.SecretKeysMakeMacsAsync),
    ("a private and a secret key sign a message", SignedMessages.KeysSignAsync),
    ("an answer without a signature is refused", SignedMessages.UnsignedAnswerIsRefusedAsync),
    ("mail is sent, signed in over TLS", SentMail.MailIsSentAsync),
};

var failures = 0;
foreach (var (name, run) in checks)
{
    try
    {
        await run().WaitAsync(TimeSpan.FromMinutes(1));
    }
    catch (Exception exception)
    {
        failures++;
        Console.WriteLine($"FAIL {name}: {exception}");
    }
}

Console.WriteLine($"{checks.Length - failures} passed, {failures} failed under native AOT");
return failures == 0 ? 0 : 1;
