using System.Text;
using ListeningBot.Channels.Feeds;
using ListeningBot.Channels.Webhook;
using ListeningBot.Configuration;
using ListeningBot.Core.Teams.Calendars;

namespace ListeningBot.Tests.Security;

/// <summary>XML, JSON and YAML that were written to hurt: nothing is fetched, nothing grows, nothing is believed that the bytes do not bear out.</summary>
public sealed class HostileFormatsTests
{
    private const string Marker = "root:x:0:0";
    private static readonly Uri Place = new("https://blog.example/feed");
    private static readonly string SecretFile = Path.Combine(Path.GetTempPath(), $"listeningbot-xxe-{Guid.NewGuid():N}");

    private static string Rss(string doctype, string title, string inside = "") =>
        $"<?xml version=\"1.0\"?>{doctype}<rss version=\"2.0\"><channel><item><guid>1</guid><title>{title}</title>{inside}</item></channel></rss>";

    public static TheoryData<string, string> Xml => new()
    {
        { "external entity", Rss($"<!DOCTYPE r [<!ENTITY x SYSTEM \"file://{SecretFile}\">]>", "a &x; b") },
        { "external entity by http", Rss("<!DOCTYPE r [<!ENTITY x SYSTEM \"http://169.254.169.254/latest\">]>", "a &x; b") },
        { "parameter entity", Rss($"<!DOCTYPE r [<!ENTITY % p SYSTEM \"file://{SecretFile}\"> %p;]>", "a") },
        { "external dtd", Rss($"<!DOCTYPE r SYSTEM \"file://{SecretFile}\">", "a") },
        { "public dtd", Rss("<!DOCTYPE r PUBLIC \"-//x\" \"http://127.0.0.1:1/x.dtd\">", "a") },
        { "xinclude", Rss("", "a", $"<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file://{SecretFile}\" parse=\"text\"/>") },
        { "stylesheet", $"<?xml-stylesheet href=\"file://{SecretFile}\"?>" + Rss("", "a")[21..] },
        { "schema location", Rss("", "a").Replace("<rss ", $"<rss xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"file://{SecretFile}\" ", StringComparison.Ordinal) },
        { "billion laughs", Rss(Laughs(10, 10), "&l9;") },
        { "quadratic blowup", Rss($"<!DOCTYPE r [<!ENTITY x \"{new string('x', 50_000)}\">]>", string.Concat(Enumerable.Repeat("&x;", 20_000))) },
        { "entity in attribute", Rss(Laughs(10, 10), "a", "<enclosure url=\"&l9;\"/>") },
        { "entity that calls itself", Rss("<!DOCTYPE r [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]>", "&a;") },
        { "deep", "<rss>" + string.Concat(Enumerable.Repeat("<a>", 80_000)) },
        { "deep and closed", Rss("", "a", string.Concat(Enumerable.Repeat("<a>", 30_000)) + string.Concat(Enumerable.Repeat("</a>", 30_000))) },
        { "huge attribute", Rss("", "a", $"<a b=\"{new string('x', 250_000)}\"/>") },
        { "many attributes", Rss("", "a", $"<a {string.Join(' ', Enumerable.Range(0, 25_000).Select(i => $"a{i}=\"\""))}/>") },
        { "many namespaces", Rss("", "a", string.Concat(Enumerable.Range(0, 5_000).Select(i => $"<n{i}:a xmlns:n{i}=\"u:{i}\">"))) },
        { "same attribute", Rss("", "a", $"<a {string.Join(' ', Enumerable.Repeat("a=\"\"", 25_000))}/>") },
        { "processing instructions", Rss("", "a", string.Concat(Enumerable.Repeat("<?php system('id'); ?>", 8_000))) },
        { "comment without end", Rss("", "a", "<!--" + string.Concat(Enumerable.Repeat("<!--", 60_000))) },
        { "cdata without end", Rss("", "a", string.Concat(Enumerable.Repeat("<![CDATA[", 25_000))) },
        { "characters that XML forbids", Rss("", "a&#0;&#1;&#xFFFE;&#xD800;&#x110000;&#99999999999;\0\u0001") },
        { "names with colons", Rss("", "a", "<:a/><a:/><a:b:c/><xml:a/><xmlns:a/>") },
    };

    [Theory]
    [MemberData(nameof(Xml))]
    public void Nothing_comes_of_hostile_xml(string what, string xml)
    {
        File.WriteAllText(SecretFile, Marker);
        try
        {
            foreach (var bytes in (byte[][])[Encoding.UTF8.GetBytes(xml), Encoding.Unicode.GetBytes(xml), [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(xml)]])
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var read = Read(bytes, "utf-8");
                var grown = GC.GetAllocatedBytesForCurrentThread() - before;

                Assert.DoesNotContain(Marker, read, StringComparison.Ordinal);
                Assert.True(read.Length <= 2 * xml.Length, $"{what}: {xml.Length} characters became {read.Length}.");
                Assert.True(grown < 64L * 1024 * 1024, $"{what}: {grown / 1024 / 1024} MiB of memory for {bytes.Length} bytes.");
            }
        }
        finally
        {
            File.Delete(SecretFile);
        }
    }

    /// <summary>What is declared is believed only as far as the bytes bear it out; UTF-7, by which markup hides from filters, never.</summary>
    [Theory]
    [InlineData("utf-7")]
    [InlineData("UTF-7")]
    [InlineData("unicode-1-1-utf-7")]
    [InlineData("x-unicode-2-0-utf-7")]
    [InlineData("csUnicode11UTF7")]
    [InlineData("65000")]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    [InlineData("utf-16be")]
    [InlineData("ucs-4")]
    [InlineData("cp037")]
    [InlineData("IBM037")]
    [InlineData("hz-gb-2312")]
    [InlineData("iso-2022-kr")]
    [InlineData("no-such-thing")]
    [InlineData("'; DROP TABLE posts; --")]
    public void An_encoding_that_lies_makes_no_markup_of_what_is_none(string charset)
    {
        var hidden = Encoding.ASCII.GetBytes(Rss("", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-"));
        var declared = Encoding.ASCII.GetBytes($"<?xml version=\"1.0\" encoding=\"{charset}\"?>" + Rss("", "+ADw-b+AD4-")[21..]);

        Assert.DoesNotContain("<script>", Read(hidden, charset), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", Read(declared, null), StringComparison.Ordinal);
        _ = Read([.. hidden, 0xC3, 0x28, 0xA0, 0xA1, 0xE2, 0x28, 0xA1, 0xF0, 0x28, 0x8C, 0xBC, 0xFF, 0xFE], charset);
    }

    public static TheoryData<string, string> Json => new()
    {
        { "deep lists", new string('[', 200_000) },
        { "deep maps", string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) },
        { "deep and closed", new string('[', 100_000) + new string(']', 100_000) },
        { "same key", "{" + string.Join(',', Enumerable.Repeat("\"id\":\"1\"", 20_000)) + ",\"text\":\"x\"}" },
        { "many keys", "{" + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"k{i}\":{i}")) + "}" },
        { "huge number", "{\"id\":" + new string('9', 200_000) + ",\"text\":\"x\"}" },
        { "huge exponent", "{\"id\":\"1\",\"text\":\"x\",\"stars\":1e999999999,\"posted\":-1e308}" },
        { "half characters", "{\"id\":\"\\ud800\",\"text\":\"\\udc00 \\ud800\\ud800\"}" },
        { "nul", "{\"id\":\"1\\u0000\",\"text\":\"a\\u0000b\"}" },
        { "raw control", "{\"id\":\"1\",\"text\":\"a\u0001b\"}" },
        { "invalid utf-8", "{\"id\":\"1\",\"text\":\"\u00ff\u00fe\"}" },
        { "not finite", "{\"id\":\"1\",\"text\":\"x\",\"stars\":NaN}" },
        { "escapes", "{\"id\":\"1\",\"text\":\"" + string.Concat(Enumerable.Repeat("\\u0041", 40_000)) + "\"}" },
        { "prototype", "{\"__proto__\":{\"admin\":true},\"constructor\":1,\"$type\":\"System.IO.FileInfo\",\"id\":\"1\",\"text\":\"x\"}" },
        { "two documents", "{\"id\":\"1\",\"text\":\"x\"}{\"id\":\"2\",\"text\":\"y\"}" },
    };

    [Theory]
    [MemberData(nameof(Json))]
    public void Hostile_json_is_refused_or_read_as_it_stands(string what, string json)
    {
        var bytes = Encoding.Latin1.GetBytes(json);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var delivery = Delivery.Read(bytes, "forms", default, TimeSpan.Zero);
        _ = Read(Encoding.Latin1.GetBytes($"{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{json}]}}"), "utf-8");
        _ = OwnSecrets.TakenOut(bytes);
        var problems = new Problems();
        _ = JsonTree.Read(json, "appsettings.json", problems);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 96L * 1024 * 1024, $"{what}: {(GC.GetAllocatedBytesForCurrentThread() - before) / 1024 / 1024} MiB");
        Assert.InRange(delivery.Changes.Count, 0, 1);
        Assert.All(delivery.Changes, change => Assert.DoesNotContain("\0", change.Post!.Text + change.Post.Key.Id, StringComparison.Ordinal));
    }

    public static TheoryData<string, string> Yaml => new()
    {
        { "anchor bomb", "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i => $"{(char)('a' + i)}: &{(char)('a' + i)} [{string.Join(',', Enumerable.Repeat($"*{(char)('a' + i - 1)}", 9))}]\n")) },
        { "anchor of itself", "watches: &a\n  - *a\n" },
        { "merge", "base: &b {name: x}\nwatches:\n  - <<: *b\n" },
        { "type", "watches: !!python/object/apply:os.system [\"id\"]\n" },
        { "dotnet type", "watches: !System.Diagnostics.Process,System {}\n" },
        { "binary", "watches: !!binary aGVsbG8=\n" },
        { "tag directive", "%TAG ! tag:evil.example,2000:\n---\nwatches: !x []\n" },
        { "deep flow", "watches: " + new string('[', 100_000) },
        { "deep maps", string.Concat(Enumerable.Range(0, 1_000).Select(i => new string(' ', i) + "a:\n")) },
        { "two documents", "watches: []\n---\nwatches: []\n" },
        { "many keys", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"k{i}: 1\n")) },
        { "huge scalar", "watches: \"" + new string('x', 500_000) + "\"\n" },
        { "question marks", string.Concat(Enumerable.Repeat("? ", 50_000)) },
        { "dashes", string.Concat(Enumerable.Repeat("- ", 50_000)) },
        { "block scalars", "watches: |\n" + string.Concat(Enumerable.Range(0, 2_000).Select(i => new string(' ', 1 + (i % 200)) + "x\n")) },
        { "tabs", string.Concat(Enumerable.Repeat("\twatches:\n", 20_000)) },
        { "controls", "watches: \"\\0\\a\\e[2J\"\n" },
    };

    [Theory]
    [MemberData(nameof(Yaml))]
    public void Hostile_yaml_is_a_problem_with_its_line_or_plain_text(string what, string yaml)
    {
        var problems = new Problems();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var root = YamlTree.Read(yaml, "watches.yaml", "watches:", problems);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 96L * 1024 * 1024, $"{what}: {(GC.GetAllocatedBytesForCurrentThread() - before) / 1024 / 1024} MiB");
        Assert.True(root is not null || problems.Count > 0, what);
        Assert.All(problems.All(), problem => Assert.InRange(problem.ToString().Length, 1, 2_000));
    }

    [Fact]
    public void A_hostile_calendar_is_read_within_its_bounds()
    {
        foreach (var line in (string[])["RRULE:FREQ=SECONDLY;INTERVAL=1;COUNT=2147483647", "RRULE:FREQ=DAILY;UNTIL=99991231", "RDATE:" + string.Join(',', Enumerable.Repeat("20260101", 50_000)), "SUMMARY:" + new string('x', 900_000), "DTSTART;TZID=" + new string('a', 100_000) + ":20260101"])
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = HolidayCalendar.Read($"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260101\r\n{line}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
            _ = HolidayCalendar.Read(string.Concat(Enumerable.Repeat("BEGIN:VEVENT\r\n", 20_000)));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 96L * 1024 * 1024);
        }
    }

    private static string Read(byte[] bytes, string? charset)
    {
        try
        {
            return string.Join('\n', FeedReader.Read(bytes, charset, Place).Items.Select(item => $"{item.Guid} {item.Title} {item.Text} {item.Link}"));
        }
        catch (NotAFeedException e)
        {
            return e.Message;
        }
    }

    private static string Laughs(int levels, int times) =>
        "<!DOCTYPE r [<!ENTITY l0 \"lol\">" + string.Concat(Enumerable.Range(1, levels - 1).Select(i => $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", times))}\">")) + "]>";
}
