using System.Reflection;
using System.Text.RegularExpressions;

namespace ListeningBot.Tests.House;

/// <summary>What deploy/SECURITY.md says was tried was tried, and no SQL is written from values.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string Root = RepositoryRoot();

    [Fact]
    public void Each_test_that_the_page_names_is_there()
    {
        var sources = Sources("tests").ToLookup(source => Path.GetFileNameWithoutExtension(source.File), source => source.Text);
        var named = TestName().Matches(File.ReadAllText(Path.Combine(Root, "deploy", "SECURITY.md"))).ToList();

        Assert.InRange(named.Count, 25, 1000);
        foreach (var match in named)
        {
            var (type, method) = (match.Groups["type"].Value, match.Groups["method"].Value);
            Assert.True(sources[type].Any(text => method.Length == 0 || text.Contains($" {method}(", StringComparison.Ordinal)), $"SECURITY.md names {match.Value}, which is no test.");
        }
    }

    [Fact]
    public void Each_test_of_security_is_named_on_the_page()
    {
        var page = File.ReadAllText(Path.Combine(Root, "deploy", "SECURITY.md"));
        foreach (var (file, _) in Sources("tests").Where(source => source.File.Contains("/Security/", StringComparison.Ordinal) && source.File.EndsWith("Tests.cs", StringComparison.Ordinal)))
        {
            Assert.Contains(Path.GetFileNameWithoutExtension(file), page, StringComparison.Ordinal);
        }
    }

    /// <summary>What stands in braces in a text of SQL is a constant of ours; every value goes by a question mark.</summary>
    [Fact]
    public void No_sql_is_written_from_values()
    {
        var sources = Sources("src").Where(source => source.File.Contains("/Storage/", StringComparison.Ordinal)).ToList();
        var constants = Sources("src").SelectMany(source => Constant().Matches(source.Text).Select(match => match.Groups["name"].Value)).ToHashSet(StringComparer.Ordinal);
        var seen = 0;
        foreach (var (file, text) in sources)
        {
            foreach (var sql in Written().Matches(text).Select(match => match.Value).Where(sql => Statement().IsMatch(sql)))
            {
                foreach (var hole in Hole().Matches(sql).Select(match => match.Groups["what"].Value))
                {
                    seen++;
                    // Names can't be bound. A schema's is the operator's; those of a file's tables are copied: both are of letters, digits and "_" (PostgresPlace, StoreTable).
                    Assert.True(hole == "place.Schema" || (file.EndsWith("/StoreTable.cs", StringComparison.Ordinal) && hole is "name" or "table.Names" or "table.Key") || constants.Contains(hole.Split('.')[^1]), $"{file} writes {{{hole}}} into SQL: {sql}");
                }
            }
        }
        Assert.InRange(seen, 20, 10_000);
    }

    /// <summary>What strangers lead to goes by the web reader; the others reach what operators configured, or ourselves.</summary>
    [Fact]
    public void Nothing_else_opens_connections()
    {
        string[] known = ["Net/WebReader.cs", "Net/Connector.cs", "Channels/Webhook/WebhookCanary.cs", "Channels/Mail/Imap/ImapConnection.cs", "Channels/Mail/MailCanary.cs", "Cli/OwnPort.cs"];
        var opening = Sources("src").Where(source => Opens().IsMatch(source.Text)).Select(source => source.File.Split("/src/ListeningBot/")[^1]).ToList();

        Assert.True(opening.Except(known).ToList() is [], $"These open connections, too: {string.Join(", ", opening.Except(known))}");
    }

    private static IEnumerable<(string File, string Text)> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => file.Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => (file, File.ReadAllText(file)));

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ListeningBot.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not stand inside the repository.");
    }

    [GeneratedRegex(@"`(?<type>[A-Z]\w+Tests)(\.(?<method>\w+))?`", RegexOptions.ExplicitCapture)]
    private static partial Regex TestName();

    [GeneratedRegex(@"(const|static readonly) (string|int|long) (?<name>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Constant();

    [GeneratedRegex("\\$\"\"\".*?\"\"\"|\\$\"([^\"\\\\]|\\\\.)*\"", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Written();

    [GeneratedRegex(@"^\$""+\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|\{Columns\})\s")]
    private static partial Regex Statement();

    [GeneratedRegex(@"\{(?<what>[^{}]+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Hole();

    [GeneratedRegex(@"new (HttpClient|SocketsHttpHandler|HttpClientHandler|Socket|TcpClient|UdpClient|ClientWebSocket|SmtpClient|WebClient)\(|WebRequest\.Create")]
    private static partial Regex Opens();
}
