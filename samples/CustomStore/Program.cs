using CustomStore;
using Digibee.Accounts;

// The proof of a store of your own: every case of the contract, each on a folder of its own.
var (passed, failed) = (0, 0);
foreach (var contractCase in AccountStoreContract.Cases)
{
    var folder = Directory.CreateTempSubdirectory("custom-store-");
    try
    {
        await contractCase.RunAsync(new AccountStoreHarness(() => new FileAccountStore(Path.Combine(folder.FullName, "accounts.log"))) { FeedDelay = TimeSpan.FromSeconds(10) });
        passed++;
    }
    catch (AccountStoreContractException exception)
    {
        failed++;
        Console.WriteLine(exception.Message);
    }
    finally
    {
        folder.Delete(recursive: true);
    }
}

Console.WriteLine($"{passed} passed, {failed} failed");
return failed == 0 ? 0 : 1;
