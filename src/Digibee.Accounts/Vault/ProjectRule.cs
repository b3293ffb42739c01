namespace Digibee.Accounts;

/// <summary>May this project use that account? Its binding stays either way: allow the project again and it works again.</summary>
internal static class ProjectRule
{
    public static OpenedAccount Demand(OpenedAccount opened, string? project) =>
        opened.Account.Projects.Count == 0 || (project is not null && opened.Account.Projects.Contains(project)) ? opened : throw Refused(opened.Address.Name, project);

    private static AccountNotFoundException Refused(string name, string? project) => new(
        name,
        project is null
            ? $"Account '{name}' is limited to certain projects, and none is given here. Set the Project option of the program, the client or the request."
            : $"Account '{name}' is not available to project '{project}'. Add the project to the account's Projects, or use another account.");
}
