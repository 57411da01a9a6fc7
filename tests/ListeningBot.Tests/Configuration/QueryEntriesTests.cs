using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Tests.Configuration;

/// <summary>Queries and pieces in config/watches.yaml: however YAML lets them be written, each mistake is told where it stands.</summary>
public sealed class QueryEntriesTests
{
    private const string App = "{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"Enabled\": false } } }";

    [Theory]
    [InlineData("query: nimbus OR nimbusbook", "(nimbus OR nimbusbook)")]
    [InlineData("query: '\"late again\" OR don''t'", "(\"late again\" OR don't)")]
    [InlineData("query: >\n      nimbus\n      OR late", "(nimbus OR late)")]
    [InlineData("query: |\n      nimbus\n      late", "(nimbus AND late)")]
    [InlineData("query: $brand -giveaway", "((nimbus OR nimbusbook) AND NOT giveaway)")]
    [InlineData("query: \"\\\"late again\\\" stars:<=2\"", "(\"late again\" AND stars:<=2)")]
    [InlineData("query: ~refund", "~refund")]
    [InlineData("query: 2024", "2024")]
    [InlineData("query: nimbus channel:inbox channel:feed # a comment", "(nimbus AND channel:inbox AND channel:feed)")]
    public void A_query_is_read_however_it_is_quoted(string query, string means)
    {
        using var folder = Folder($"pieces:\n  brand: nimbus OR nimbusbook\nwatches:\n  - name: a\n    {query}\n");
        var watch = Assert.Single(folder.Settings().Watches);
        Assert.Equal(Bare(means), Bare(QueryText.Of(watch.Query!.Root)));
        Assert.Empty(watch.Find);
    }

    [Theory]
    [InlineData("query: nimbus AND", 5, 19, "Write one there")]
    [InlineData("query: '\"late again\" OR $brnad'", 5, 29, "$brand")]
    [InlineData("query: >\n      nimbus\n      OR stars:9", 7, 16, "from 1 to 5")]
    [InlineData("query: |\n\n      nimbus channel:inbxo", 7, 14, "Did you mean \"inbox\"?")]
    [InlineData("query: \"\\\"late again\\\" lang:english\"", 5, 33, "en")]
    [InlineData("query: 'nimbus\n      OR about:biling'", 6, 16, "billing")]
    public void A_mistake_in_a_query_is_told_where_it_stands(string query, int line, int column, string cure)
    {
        using var folder = Folder($"pieces:\n  brand: nimbus\nwatches:\n  - name: a\n    {query}\n");
        var problem = folder.Problem();
        Assert.StartsWith("watch \"a\": query ", problem.What);
        Assert.True((line, column) == (problem.Line, problem.Column), problem.ToString());
        Assert.Contains(cure, problem.Cure);
    }

    [Theory]
    [InlineData("query: \"late again\" OR refund")]
    [InlineData("query: \"late again\" \"too late\"")]
    [InlineData("query: 'don't OR late'")]
    [InlineData("query: [late OR refund] nimbus")]
    [InlineData("query: *fund OR late")]
    [InlineData("query: @nimbus OR late")]
    [InlineData("query: !late")]
    [InlineData("query: &late OR b")]
    [InlineData("query: - late")]
    [InlineData("query: `late`")]
    [InlineData("query: %late")]
    [InlineData("query: nimbus channel: inbox")]
    [InlineData("query: | late OR b")]
    [InlineData("query: > late OR b")]
    [InlineData("query: {late} OR b")]
    [InlineData("query: \"late OR b")]
    [InlineData("query: #nimbus OR late")]
    [InlineData("query: nimbus OR #nimbus")]
    [InlineData("query: \"late \\d\"")]
    [InlineData("query: late\n      channel: inbox")]
    [InlineData("query: [late, refund]")]
    [InlineData("query: { late: refund }")]
    [InlineData("query:\n      - late")]
    public void What_yaml_makes_of_a_query_without_quotes_is_cured_by_single_quotes(string query)
    {
        using var folder = Folder($"watches:\n  - name: a\n    {query}\n    alert: 0.5\n");
        var problem = folder.Problem();
        Assert.Equal("Put the whole query in single quotes, and write a ' inside them twice: '\"late again\" OR refund*'.", problem.Cure);
        Assert.InRange(problem.Line!.Value, 3, 4);
    }

    [Theory]
    [InlineData("pieces:\n  brand: \"late\" OR b\nwatches: []\n", "has a query that YAML can't read as it stands")]
    [InlineData("pieces:\n  brand: #late OR b\nwatches: []\n", "piece \"brand\" has a # that makes a comment of the rest of the line")]
    [InlineData("pieces:\n  brand: [late, b]\nwatches: []\n", "piece \"brand\" is a list, not one text")]
    public void The_same_holds_for_a_piece(string file, string what)
    {
        using var folder = Folder(file);
        Assert.Equal((what, "Put the whole query in single quotes, and write a ' inside them twice: '\"late again\" OR refund*'."), (folder.Problem().What, folder.Problem().Cure));
    }

    [Theory]
    [InlineData("    find: [x]\n   query: late\n", "is indented unlike the lines above")]
    [InlineData("    find: [\"x]\n", "has a quote that is not closed")]
    public void A_slip_that_is_not_of_a_query_keeps_its_own_words(string entry, string what)
    {
        using var folder = Folder($"watches:\n  - name: a\n{entry}");
        Assert.Equal(what, folder.Problem().What);
        Assert.DoesNotContain("query", folder.Problem().Cure);
    }

    [Theory]
    [InlineData("pieces: [nimbus]\n", 1, "pieces is a list")]
    [InlineData("pieces: nimbus\n", 1, "pieces has no names")]
    [InlineData("pieces:\n  our brand: nimbus\n", 2, "has a piece named \"our brand\", which is no fit name")]
    [InlineData("pieces:\n  $brand: nimbus\n", 2, "has a piece named \"$brand\", which is no fit name")]
    [InlineData("pieces:\n  brand:\n", 2, "piece \"brand\" is empty")]
    [InlineData("pieces:\n  a: $b\n  b: c channel:inbxo\n", 3, "piece \"b\" names the channel \"inbxo\", which is neither a channel of appsettings.json nor a kind of channel")]
    [InlineData("pieces:\n  brand: stars:7\n", 2, "piece \"brand\" has \"7\" for stars")]
    public void A_mistake_in_pieces_is_told_there(string pieces, int line, string what)
    {
        using var folder = Folder(pieces + "watches: []\n");
        Assert.Equal((line, what), (folder.Problem().Line!.Value, folder.Problem().What));
    }

    [Theory]
    [InlineData("query: ''", "watch \"a\": query is empty")]
    [InlineData("query:", "watch \"a\": query is empty")]
    [InlineData("query: late\n    find: [x]", "watch \"a\" has both find and query")]
    [InlineData("query: late\n    everything: true\n    channels: [inbox]", "watch \"a\" has both a query and everything: true")]
    [InlineData("exclude: [x]", "watch \"a\" has nothing to listen for")]
    public void A_watch_has_one_thing_to_listen_for(string keys, string what)
    {
        using var folder = Folder($"watches:\n  - name: a\n    {keys}\n");
        Assert.Equal(what, folder.Problem().What);
    }

    [Theory]
    [InlineData("late OR slow", "'late OR slow'")]
    [InlineData("late NEAR/3 again", "'late NEAR/3 again'")]
    [InlineData("don't NOT ask", "'don''t NOT ask'")]
    [InlineData("late stars:1", "'late stars:1'")]
    [InlineData("$brand", "'$brand'")]
    public void A_find_entry_that_looks_like_a_query_is_warned_of_and_live_all_the_same(string entry, string written)
    {
        using var folder = Folder($"watches:\n  - name: a\n    find:\n      - x\n      - {entry}\n");
        var reading = folder.Read();
        Assert.NotNull(reading.Settings);
        var warning = Assert.Single(reading.Warnings);
        Assert.Equal(5, warning.Line);
        Assert.Contains($"query: {written}", warning.Cure);
    }

    [Theory]
    [InlineData("refund*")]
    [InlineData("~refund")]
    [InlineData("money back guarante*")]
    [InlineData("rock and roll")]
    [InlineData("AND ANOTHER")]
    [InlineData("\"http://acme.example\"")]
    public void A_find_entry_that_is_a_phrase_is_not_warned_of(string entry)
    {
        using var folder = Folder($"watches:\n  - name: a\n    find: [refund, {entry}]\n");
        Assert.Empty(folder.Read().Warnings);
        Assert.Equal(2, folder.Settings().Watches[0].Find.Count);
    }

    [Theory]
    [InlineData("\"*fund\"", "watch \"a\": find has a * before a word in \"*fund\"")]
    [InlineData("r*", "watch \"a\": find has a * after fewer than two letters in \"r*\"")]
    [InlineData("~refund*", "watch \"a\": find has both ~ and * in \"~refund*\"")]
    [InlineData("refund*, REFUND*", "watch \"a\", find, term 3 (\"REFUND*\") means the same as \"refund*\" before it")]
    public void A_wild_entry_of_find_is_judged(string entries, string what)
    {
        using var folder = Folder($"watches:\n  - name: a\n    find: [refund, {entries}]\n");
        Assert.Equal(what, folder.Problem().What);
    }

    [Theory]
    [InlineData("-late", 5, 13, "watch \"a\": query names no word that must be there")]
    [InlineData("late OR stars:1", 5, 21, "watch \"a\": query has a part that fits posts with none of its words")]
    public void A_query_that_looks_at_every_post_is_warned_of_unless_channels_are_named(string query, int line, int column, string what)
    {
        var watch = $"pieces: {{ }}\nwatches:\n  - name: a\n    exclude: [x]\n    query: '{query}'\n";
        using var folder = Folder(watch);
        var warning = Assert.Single(folder.Read().Warnings);
        Assert.Equal((line, column, what), (warning.Line, warning.Column, warning.What));
        using var named = Folder(watch + "    channels: [inbox]\n");
        Assert.Empty(named.Read().Warnings);
    }

    [Fact]
    public void A_piece_that_no_watch_uses_is_warned_of()
    {
        using var folder = Folder("pieces:\n  brand: $maker\n  maker: nimbus\n  noise: giveaway\nwatches:\n  - name: a\n    query: $brand late\n");
        var warning = Assert.Single(folder.Read().Warnings);
        Assert.Equal((4, "piece \"noise\" is used by no watch", "Write $noise in a query, or take the piece away."), (warning.Line, warning.What, warning.Cure));
    }

    [Fact]
    public void Words_beside_everything_are_warned_of()
    {
        using var folder = Folder("watches:\n  - name: a\n    everything: true\n    channels: [inbox]\n    find: [x]\n");
        Assert.Equal("watch \"a\": find is of no account beside everything: true", Assert.Single(folder.Read().Warnings).What);
    }

    [Fact]
    public void A_query_that_is_written_otherwise_and_means_the_same_is_no_change()
    {
        Watch Watch(string query) => Folder($"pieces: {{ brand: nimbus }}\nwatches:\n  - name: a\n    query: {query}\n").Settings().Watches[0];
        var (first, same, other) = (Watch("$brand late"), Watch("(nimbus AND late)"), Watch("nimbus OR late"));
        Assert.Equal(first.Query, same.Query);
        Assert.NotEqual(first.Query, other.Query);
    }

    private static string Bare(string query) => query.Replace("\"", "", StringComparison.Ordinal);

    private static ConfigurationFolder Folder(string watches) => ConfigurationFolder.With(App, watches);
}
