namespace Digibee.Accounts;

public sealed class StructuredFieldReaderTests
{
    // The examples of RFC 9651, sections 1 to 4, in the order of the text: what is read and how it is serialised.
    public static TheoryData<string, string, string> Examples => new()
    {
        { "item", "2; foourl=\"https://foo.example.com/\"", "2;foourl=\"https://foo.example.com/\"" },
        { "list", "sugar, tea, rum", "sugar, tea, rum" },
        { "list", "(\"foo\" \"bar\"), (\"baz\"), (\"bat\" \"one\"), ()", "(\"foo\" \"bar\"), (\"baz\"), (\"bat\" \"one\"), ()" },
        { "list", "(\"foo\"; a=1;b=2);lvl=5, (\"bar\" \"baz\");lvl=1", "(\"foo\";a=1;b=2);lvl=5, (\"bar\" \"baz\");lvl=1" },
        { "list", "abc;a=1;b=2; cde_456, (ghi;jk=4 l);q=\"9\";r=w", "abc;a=1;b=2;cde_456, (ghi;jk=4 l);q=\"9\";r=w" },
        { "item", "1; a; b=?0", "1;a;b=?0" },
        { "dictionary", "en=\"Applepie\", da=:w4ZibGV0w6ZydGU=:", "en=\"Applepie\", da=:w4ZibGV0w6ZydGU=:" },
        { "dictionary", "a=?0, b, c; foo=bar", "a=?0, b, c;foo=bar" },
        { "dictionary", "rating=1.5, feelings=(joy sadness)", "rating=1.5, feelings=(joy sadness)" },
        { "dictionary", "a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid", "a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid" },
        { "dictionary", "foo=1, bar=2", "foo=1, bar=2" },
        { "item", "5", "5" },
        { "item", "5; foo=bar", "5;foo=bar" },
        { "item", "42", "42" },
        { "item", "4.5", "4.5" },
        { "item", "\"hello world\"", "\"hello world\"" },
        { "item", "foo123/456", "foo123/456" },
        { "item", ":cHJldGVuZCB0aGlzIGlzIGJpbmFyeSBjb250ZW50Lg==:", ":cHJldGVuZCB0aGlzIGlzIGJpbmFyeSBjb250ZW50Lg==:" },
        { "item", "?1", "?1" },
        { "item", "@1659578233", "@1659578233" },
        { "item", "%\"This is intended for display to %c3%bcsers.\"", "%\"This is intended for display to %c3%bcsers.\"" },
    };

    // What the algorithms of section 4.2 take, and how section 4.1 writes it.
    public static TheoryData<string, string, string> Taken => new()
    {
        { "list", "", "" },
        { "dictionary", "", "" },
        { "list", "  a \t,\tb  ", "a, b" },
        { "dictionary", "a=1, b=2, a=3;x", "a=3;x, b=2" },
        { "item", "a;x=1;y;x=2", "a;x=2;y" },
        { "dictionary", "a=?1;x, b=?1", "a;x, b" },
        { "item", "-999999999999999", "-999999999999999" },
        { "item", "007", "7" },
        { "item", "-0", "0" },
        { "item", "999999999999.999", "999999999999.999" },
        { "item", "1.50", "1.5" },
        { "item", "-0.001", "-0.001" },
        { "item", "2.000", "2.0" },
        { "item", "\"a\\\"b\\\\c\"", "\"a\\\"b\\\\c\"" },
        { "item", "\"\"", "\"\"" },
        { "item", "*a:/!#$%&'*+-.^_`|~", "*a:/!#$%&'*+-.^_`|~" },
        { "item", ":aGVsbG8:", ":aGVsbG8=:" },
        { "item", "::", "::" },
        { "item", "@-1", "@-1" },
        { "item", "%\"%22%25 %e2%82%ac\"", "%\"%22%25 %e2%82%ac\"" },
        { "list", "( 1  2; a )", "(1 2;a)" },
        { "dictionary", "*a_-.0=1", "*a_-.0=1" },
    };

    public static TheoryData<string, string> Refused => new()
    {
        { "item", "" },
        { "item", "1 2" },
        { "item", "1,2" },
        { "item", "\ta" },
        { "item", "--1" },
        { "item", "-" },
        { "item", "+1" },
        { "item", "1." },
        { "item", ".5" },
        { "item", "1.2345" },
        { "item", "1.2.3" },
        { "item", "1000000000000000" },
        { "item", "1000000000000.0" },
        { "item", "\"a" },
        { "item", "\"a\\n\"" },
        { "item", "\"a\\" },
        { "item", "\"ü\"" },
        { "item", "\"a\u007F\"" },
        { "item", "\"a\tb\"" },
        { "item", "'a'" },
        { "item", "ü" },
        { "item", ":aGVsbG8" },
        { "item", ":aGVs bG8=:" },
        { "item", ":a:" },
        { "item", ":aGVsbG8_:" },
        { "item", ":a=GV:" },
        { "item", "?2" },
        { "item", "?" },
        { "item", "?true" },
        { "item", "@1.5" },
        { "item", "@" },
        { "item", "%\"%C3%BC\"" },
        { "item", "%\"%c3\"" },
        { "item", "%\"%f\"" },
        { "item", "%\"ü\"" },
        { "item", "%a" },
        { "item", "%\"a" },
        { "item", "a;A=1" },
        { "item", "a; " },
        { "item", "a ;b" },
        { "list", "(1 ;a)" },
        { "item", "(1)" },
        { "list", "," },
        { "list", "a," },
        { "list", "a,,b" },
        { "list", "a b" },
        { "list", "(1" },
        { "list", "(1,2)" },
        { "list", "(1\t2)" },
        { "list", "(1\"2\")" },
        { "list", "((1))" },
        { "dictionary", "a=1," },
        { "dictionary", "a=" },
        { "dictionary", "a =1" },
        { "dictionary", "A=1" },
        { "dictionary", "1=1" },
        { "dictionary", "a=1 b=2" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    [MemberData(nameof(Taken))]
    public void TryRead_OfAField_ReadsWhatIsWrittenAgain(string type, string field, string expected) => StructuredText.Canonical(type, field).Should().Be(expected);

    [Theory]
    [MemberData(nameof(Refused))]
    public void TryRead_OfSomethingElse_IsRefused(string type, string field) => StructuredText.Canonical(type, field).Should().BeNull();

    [Fact]
    public void TryReadItem_OfEachType_GivesItsValue()
    {
        Item("-42").Should().BeEquivalentTo(new { Kind = StructuredKind.Integer, Number = -42 });
        Item("4.5").Should().BeEquivalentTo(new { Kind = StructuredKind.Decimal, Number = 4_500 });
        Item("@1659578233").Should().BeEquivalentTo(new { Kind = StructuredKind.Date, Number = 1_659_578_233 });
        Item("?0").IsTrue.Should().BeFalse();
        Item("?1").IsTrue.Should().BeTrue();
        Item("\"a\\\"b\"").Should().BeEquivalentTo(new { Kind = StructuredKind.String, Text = "a\"b" });
        Item("a/b").Should().BeEquivalentTo(new { Kind = StructuredKind.Token, Text = "a/b" });
        Item("%\"%c3%bc\"").Should().BeEquivalentTo(new { Kind = StructuredKind.DisplayString, Text = "ü" });
        Item(":AQID:").Bytes.Should().Equal(1, 2, 3);
    }

    [Fact]
    public void TryRead_OfAsManyAsEverybodyHasToTake_ReadsThem()
    {
        StructuredText.Canonical("list", string.Join(", ", Enumerable.Repeat("1", 1_024))).Should().NotBeNull();
        StructuredText.Canonical("list", $"({string.Join(' ', Enumerable.Repeat("1", 256))})").Should().NotBeNull();
        StructuredText.Canonical("item", "1" + string.Concat(Enumerable.Range(0, 256).Select(static i => $";a{i}"))).Should().NotBeNull();
    }

    [Fact]
    public void TryRead_OfMoreThanAnybodyMeans_IsRefused()
    {
        StructuredText.Canonical("list", string.Join(", ", Enumerable.Repeat("1", 1_025))).Should().BeNull();
        StructuredText.Canonical("list", $"({string.Join(' ', Enumerable.Repeat("1", 257))})").Should().BeNull();
        StructuredText.Canonical("item", "1" + string.Concat(Enumerable.Range(0, 257).Select(static i => $";a{i}"))).Should().BeNull();
        StructuredText.Canonical("item", $"\"{new string('a', 65_535)}\"").Should().BeNull();
    }

    private static StructuredBareItem Item(string text)
    {
        StructuredFieldReader.TryReadItem(text, out var item).Should().BeTrue();
        return item!.Item;
    }
}
