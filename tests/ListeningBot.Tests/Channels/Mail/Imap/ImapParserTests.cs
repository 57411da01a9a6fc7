using System.Text;
using ListeningBot.Channels.Mail.Imap;

namespace ListeningBot.Tests.Channels.Mail.Imap;

public sealed class ImapParserTests
{
    private static ImapResponse Parse(string line) => ImapResponse.Parse(Encoding.Latin1.GetBytes(line));

    /// <summary>Values written back in one form, so that shapes are seen at a glance.</summary>
    private static string Show(ImapValue value) => value switch
    {
        ImapList list => $"({string.Join(' ', list.Content.Select(Show))})",
        ImapString text => $"'{Encoding.Latin1.GetString(text.Content)}'",
        ImapAtom atom => atom.Name,
        _ => "-",
    };

    [Theory]
    [InlineData("* SEARCH 1 2 30\r\n", "1 2 30")]
    [InlineData("* SEARCH\r\n", "")]
    [InlineData("* SEARCH 1 2 \r\n", "1 2")]
    [InlineData("* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent Items\"\r\n", "(\\HasNoChildren \\Sent) '/' 'Sent Items'")]
    [InlineData("* LIST () NIL INBOX\r\n", "() - INBOX")]
    [InlineData("* LIST () \"\\\\\" \"a \\\"b\\\" \\\\c\"\r\n", "() '\\' 'a \"b\" \\c'")]
    [InlineData("* 1 FETCH (A {3}\r\nxyz B)\r\n", "(A 'xyz' B)")]
    [InlineData("* 1 FETCH (A {3+}\r\nxyz B)\r\n", "(A 'xyz' B)")]
    [InlineData("* 1 FETCH (A ~{3}\r\nx\0z B)\r\n", "(A 'x\0z' B)")]
    [InlineData("* 1 FETCH (A {5}\r\n\r\n)(\r B)\r\n", "(A '\r\n)(\r' B)")]
    [InlineData("* 1 FETCH (A {0}\r\n B)\r\n", "(A '' B)")]
    [InlineData("* 1 FETCH (BODY[HEADER.FIELDS (A B)]<0> \"x\")\r\n", "(BODY[HEADER.FIELDS (A B)]<0> 'x')")]
    [InlineData("* 1 FETCH (nil NIL \"NIL\")\r\n", "(- - 'NIL')")]
    [InlineData("* 1 FETCH ((a(b))(c))\r\n", "((a (b)) (c))")]
    [InlineData("* 1 FETCH ( a  b )\r\n", "(a b)")]
    [InlineData("* 1 FETCH (\"gr\xFC\xDF\")\r\n", "('gr\xFC\xDF')")]
    public void Values_are_read(string line, string shown) => Assert.Equal(shown, string.Join(' ', Parse(line).Values.Select(Show)));

    [Fact]
    public void A_search_may_find_as_many_letters_as_fit_into_a_response() =>
        Assert.Equal(150_000, Parse($"* SEARCH {string.Join(' ', Enumerable.Range(4_000_000, 150_000))}\r\n").Values.Count);

    [Theory]
    [InlineData("* 1 FETCH (a\r\n")]
    [InlineData("* 1 FETCH a)\r\n")]
    [InlineData("* 1 FETCH \"a\r\n")]
    [InlineData("* 1 FETCH \"a\\\r\n")]
    [InlineData("* 1 FETCH {5}\r\nab\r\n")]
    [InlineData("* 1 FETCH {99999999999}\r\nab\r\n")]
    [InlineData("* 1 FETCH {-1}\r\nab\r\n")]
    [InlineData("* 1 FETCH {}\r\nab\r\n")]
    [InlineData("* 1 FETCH {3\r\nab\r\n")]
    [InlineData("* 1 FETCH BODY[HEADER\r\n")]
    [InlineData("\r\n")]
    [InlineData("")]
    public void Broken_responses_are_refused(string line) => Assert.Throws<ImapFormatException>(() => Parse(line));

    [Fact]
    public void Lists_nest_fifty_deep_and_no_deeper()
    {
        Assert.Single(Parse($"* X {new string('(', 50)}{new string(')', 50)}\r\n").Values);
        Assert.Throws<ImapFormatException>(() => Parse($"* X {new string('(', 51)}{new string(')', 51)}\r\n"));
    }

    [Fact]
    public void A_response_of_endless_values_is_refused() =>
        Assert.Throws<ImapFormatException>(() => Parse($"* X ({string.Concat(Enumerable.Repeat("a ", 30_000))})\r\n"));

    [Theory]
    [InlineData("* OK [UIDVALIDITY 7] fine\r\n", "*", "OK", "UIDVALIDITY", "7", "fine")]
    [InlineData("L1 NO [AUTHENTICATIONFAILED] no {5}\r\n", "L1", "NO", "AUTHENTICATIONFAILED", "", "no {5}")]
    [InlineData("* ok [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n", "*", "OK", "CAPABILITY", "IMAP4rev1 AUTH=PLAIN", "hi")]
    [InlineData("* BYE\r\n", "*", "BYE", null, "", "")]
    [InlineData("* OK [never closed\r\n", "*", "OK", null, "", "[never closed")]
    [InlineData("+ go on\r\n", "+", "", null, "", "go on")]
    [InlineData("+\r\n", "+", "", null, "", "")]
    public void Status_lines_are_read(string line, string tag, string name, string? code, string value, string words)
    {
        var response = Parse(line);
        Assert.Equal((tag, name, code, value, words), (response.Tag, response.Name, response.CodeName, response.CodeValue, response.Words));
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1,2,3", "1:3")]
    [InlineData("1,3,4,9", "1,3:4,9")]
    public void Sets_are_written_short(string uids, string set) => Assert.Equal(set, UidSet.Format([.. uids.Split(',').Select(uint.Parse)]));

    [Theory]
    [InlineData("1:3,7", "1,2,3,7")]
    [InlineData("9:7", "7,8,9")]
    [InlineData("1:4294967295", "1,2,3,4,5")]
    [InlineData("4294967295", "4294967295")]
    [InlineData("x,2,1:y,*", "2")]
    [InlineData("", "")]
    public void Sets_are_read_up_to_a_cap(string set, string uids) => Assert.Equal(uids, string.Join(',', UidSet.Parse(set, 5)));

    [Theory]
    [InlineData("INBOX", "INBOX")]
    [InlineData("Gelöscht", "Gel&APY-scht")]
    [InlineData("A & B", "A &- B")]
    [InlineData("台北", "&U,BTFw-")]
    [InlineData("😡", "&2D3eIQ-")]
    public void Folder_names_travel_there_and_back(string name, string wire)
    {
        Assert.Equal(wire, FolderName.Encode(name));
        Assert.Equal(name, FolderName.Decode(wire));
    }

    [Theory]
    [InlineData("&never", "&never")]
    [InlineData("&!!-x", "&!!-x")]
    [InlineData("a&", "a&")]
    public void A_broken_folder_name_stays_as_it_is(string wire, string name) => Assert.Equal(name, FolderName.Decode(wire));
}
