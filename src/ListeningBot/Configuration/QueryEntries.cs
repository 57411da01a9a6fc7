using System.Text.RegularExpressions;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Configuration;

/// <summary>The queries of config/watches.yaml: those of watches, the pieces at its top, and the words of lists; each problem is told where it stands inside the text.</summary>
/// <param name="channels">Names and kinds of channels; null when those can't be known.</param>
internal sealed partial class QueryEntries(IReadOnlyCollection<string>? channels, Problems problems)
{
    /// <summary>For whatever YAML makes of a query before the bot can read it.</summary>
    public const string QuotesCure = "Put the whole query in single quotes, and write a ' inside them twice: '\"late again\" OR refund*'.";
    private const string PiecesCure = "Write each piece below pieces: as its name and its query: brand: 'nimbus OR nimbusbook'.";

    public QueryPieces Pieces(MapNode root)
    {
        if (root.ValueOf("pieces") is not { } node)
        {
            return QueryPieces.None;
        }
        if (node is not MapNode map)
        {
            problems.Add(node.Place, $"pieces {(node is ListNode ? "is a list" : "has no names")}", PiecesCure);
            return QueryPieces.None;
        }
        var texts = new Dictionary<string, ScalarNode>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            if (IsFit(entry) && TextOf(entry, $"piece {Quoted.Of(entry.Key)}") is { } text)
            {
                texts.Add(entry.Key, text);
            }
        }
        var pieces = QueryPieces.Read([.. texts.Select(piece => (piece.Key, piece.Value.Text))]);
        foreach (var piece in pieces.All)
        {
            Tell(texts[piece.Name], $"piece {Quoted.Of(piece.Name)}", piece.Reading);
        }
        return pieces;
    }

    /// <summary>Null when there is none or it is wrong, and that is told.</summary>
    public WatchQuery? Query(MapNode watch, string what, QueryPieces pieces)
    {
        if (watch.EntryOf("query") is not { } entry || TextOf(entry, $"{what}: query") is not { } text)
        {
            return null;
        }
        var reading = QueryParser.Read(text.Text, pieces);
        Tell(text, $"{what}: query", reading);
        if (reading.Wide is { } wide && watch.EntryOf("channels") is null)
        {
            problems.Warn(text.PlaceOf(wide.At.Start), $"{what}: query {wide.What}", wide.Cure);
        }
        return reading.Root is { } root ? new WatchQuery(text.Text.Trim(), root) : null;
    }

    /// <summary>Tells which pieces no watch uses; <paramref name="watches"/> is the list of them.</summary>
    public void TellUnused(MapNode root, QueryPieces pieces, IEnumerable<Node> watches)
    {
        var texts = watches.OfType<MapNode>().Select(watch => watch.ValueOf("query")).OfType<ScalarNode>().Select(query => query.Text);
        foreach (var name in pieces.Unused(texts))
        {
            problems.Warn(((MapNode)root.ValueOf("pieces")!).EntryOf(name)!.Place, $"piece {Quoted.Of(name)} is used by no watch", $"Write ${name} in a query, or take the piece away.");
        }
    }

    /// <summary>Whether an entry of find or exclude is a word or phrase; if not, that is told, and likewise when it looks like a query.</summary>
    public bool IsTerm(ScalarNode entry, string what)
    {
        var reading = QueryParser.ReadTerm(entry.Text);
        Tell(entry, what, reading);
        if (reading.Root is not null && LooksLikeQuery().IsMatch(entry.Text))
        {
            problems.Warn(entry.Place, $"{what} has {Quoted.Of(entry.Text)}, which is looked for word by word though it looks like a query", $"Write it under query: '{entry.Text.Trim().Replace("'", "''", StringComparison.Ordinal)}'.");
        }
        return reading.Root is not null;
    }

    /// <summary>Signs that mean something in a query only. Here and in the other patterns of the configuration the patience is long: they are linear, and on a machine with no time to spare a second ended the program at its start.</summary>
    [GeneratedRegex("""\s(?:OR|AND|NOT)\s|^NOT\s|\s-\w|\bNEAR/|^\$\w|^/.+/$|\b(?:stars|followers|from|to|channel|lang|url|has|is|about|priority):\S""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LooksLikeQuery();

    private bool IsFit(Entry piece)
    {
        var name = piece.Key.StartsWith('$') ? piece.Key[1..] : piece.Key;
        if (Names.IsFit(piece.Key))
        {
            return true;
        }
        problems.Add(piece.Place, $"has a piece named {Quoted.Of(piece.Key)}, which is no fit name", Names.IsFit(name) ? $"Write it without the $ here: {name}: '...'." : Names.Cure);
        return false;
    }

    private ScalarNode? TextOf(Entry entry, string what)
    {
        if (entry.Value is ScalarNode { Source.LosesHashtag: true })
        {
            problems.Add(entry.Value.Place, $"{what} has a # that makes a comment of the rest of the line", QuotesCure);
            return null;
        }
        if (entry.Value is ScalarNode text && !string.IsNullOrWhiteSpace(text.Text))
        {
            return text;
        }
        problems.Add(entry.Value.Place, entry.Value is ScalarNode ? $"{what} is empty" : $"{what} is a {(entry.Value is ListNode ? "list" : "group of keys")}, not one text", entry.Value is ScalarNode ? "Write what to listen for: 'nimbus OR nimbusbook'." : QuotesCure);
        return null;
    }

    private void Tell(ScalarNode text, string what, QueryReading reading)
    {
        foreach (var problem in reading.Problems)
        {
            problems.Add(text.PlaceOf(problem.At.Start), $"{what} {problem.What}", problem.Cure);
        }
        foreach (var warning in reading.Warnings)
        {
            problems.Warn(text.PlaceOf(warning.At.Start), $"{what} {warning.What}", warning.Cure);
        }
        if (reading.Root is { } root && channels is not null)
        {
            TellChannels(text, what, root, channels);
        }
    }

    private void TellChannels(ScalarNode text, string what, Query root, IReadOnlyCollection<string> known)
    {
        foreach (var channel in ChannelsIn(root).Where(channel => !known.Contains(channel.Name, StringComparer.Ordinal)))
        {
            problems.Add(text.PlaceOf(channel.At.Start), $"{what} names the channel {Quoted.Of(channel.Name)}, which is neither a channel of appsettings.json nor a kind of channel", Nearest.Cure(channel.Name, known, ""));
        }
    }

    /// <summary>Those of pieces are told where the pieces stand.</summary>
    private static IEnumerable<Query.OnChannel> ChannelsIn(Query query) => query switch
    {
        Query.OnChannel channel => [channel],
        Query.All all => all.Parts.SelectMany(ChannelsIn),
        Query.Any any => any.Parts.SelectMany(ChannelsIn),
        Query.Not not => ChannelsIn(not.What),
        _ => [],
    };
}
