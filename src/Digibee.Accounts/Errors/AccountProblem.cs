namespace Digibee.Accounts;

/// <summary>One thing that is not right with an account.</summary>
/// <param name="Field">The property's name.</param>
/// <param name="Message">What is wrong and what to do; a sentence, without the value.</param>
public sealed record AccountProblem(string Field, string Message);
