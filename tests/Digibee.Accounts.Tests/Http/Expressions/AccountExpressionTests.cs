namespace Digibee.Accounts;

public sealed class AccountExpressionTests
{
    [Theory]
    [InlineData("{{ account.crm.token }}", "crm", "token", 0, 23)]
    [InlineData("{{account.crm.token}}", "crm", "token", 0, 21)]
    [InlineData("a {{\taccount.my.crm-1.header-value }} b", "my.crm-1", "header-value", 2, 37)]
    [InlineData("{{{ account.crm.token }}}", "crm", "token", 1, 24)]
    [InlineData("{{ message.x }}{{ account.crm.token }}", "crm", "token", 15, 38)]
    public void FindAll_AnExpression_GivesNameFieldAndPlace(string text, string account, string field, int start, int end) =>
        AccountExpression.FindAll(text, "text").Should().Equal(new AccountExpression(account, field, start, end));

    [Fact]
    public void FindAll_SeveralExpressions_GivesThemInOrder() =>
        AccountExpression.FindAll("{{ account.a.username }}:{{ account.b.password }}", "text").Select(static found => $"{found.Account}/{found.Field}").Should().Equal("a/username", "b/password");

    [Theory]
    [InlineData("")]
    [InlineData("no expression")]
    [InlineData("{{ message.x }}")]
    [InlineData("{{ account.crm.token")]
    [InlineData("{{ account.crm.token }")]
    [InlineData("{{ account.crm }}")]
    [InlineData("{{ account..token }}")]
    [InlineData("{{ account.crm. }}")]
    [InlineData("{{ account.CRM.token }}")]
    [InlineData("{{ account.crm.to ken }}")]
    [InlineData("{{ account.crm.TOKEN }}")]
    [InlineData("{{ account. }}")]
    [InlineData("{{ account.crm.token }} {{ account.open")]
    public void FindAll_WhatIsNotRight_IsRefusedWithoutTheText(string text)
    {
        var find = () => AccountExpression.FindAll(text, "text");

        var refusal = find.Should().Throw<ArgumentException>().Which;
        refusal.ParamName.Should().Be("text");
        refusal.Message.Should().NotContain("crm");
    }
}
