using System.Globalization;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using ListeningBot.Channels.X;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;

namespace ListeningBot.Benchmarks.Matching;

/// <summary>
/// The most posts that X ever had in a second were 143,199: 6.98 µs for each on one core. Lines of its stream, 1.3 kB each, as the X channel reads them (its
/// parser makes strings, as X sends only what its rules ask for), and the same posts already in UTF-8, as Jetstream's are when matched; 1,000 queries, few of
/// which fit. <see cref="JetstreamParsing"/> has the parser for floods.
/// </summary>
[MemoryDiagnoser, MinColumn]
public class RecordBenchmarks
{
    private const int Count = 256;
    private readonly WatchSet _watches = QueryWatches.Compiled(QueryWatches.Queries(1_000));
    private readonly byte[][] _texts = MadeUpPosts.Posts(Count);
    private byte[][] _lines = [];

    [GlobalSetup]
    public void Setup()
    {
        _lines = [.. _texts.Select(Line)];
        Console.WriteLine($"// lines of {_lines.Average(line => line.Length):0} bytes; {MatchOnly()} of {Count} match, {XParserAndMatch()} by way of the X channel's parser");
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int MatchOnly() => _texts.Count(text => _watches.Matches(text, "x"));

    [Benchmark(OperationsPerInvoke = Count)]
    public int XParserAndMatch() => _lines.Count(line => Fits(line));

    private bool Fits(byte[] line)
    {
        using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 64 });
        var batch = PostBatch.OfChanges([.. XPage.Read(json.RootElement).Items.Select(item => item.ToChange("x", null))], new Cursor("1"));
        return batch.Count > 0 && _watches.Matches(batch.TextOf(0), "x");
    }

    /// <summary>A post of the stream with a link, a mention, what it answers and who wrote it, as docs.x.com shows them.</summary>
    private static byte[] Line(byte[] text, int n)
    {
        var id = (1_900_000_000_000_000_000 + n).ToString(CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes($$$"""
            {"data":{"attachments":{"media_keys":["3_1900000000000000001"]},"author_id":"2244994945","conversation_id":"1899999999999999001","created_at":"2026-11-02T08:59:58.000Z","edit_history_tweet_ids":["{{{id}}}"],"entities":{"mentions":[{"start":0,"end":8,"username":"support","id":"2244994946"}],"urls":[{"start":210,"end":233,"url":"https://t.co/abcdefghij","expanded_url":"https://blog.example/a-long-story-about-a-parcel","display_url":"blog.example/a-long-story-ab…","status":200,"title":"A long story about a parcel","unwound_url":"https://blog.example/a-long-story-about-a-parcel"}]},"id":"{{{id}}}","in_reply_to_user_id":"2244994946","lang":"en","public_metrics":{"retweet_count":1,"reply_count":2,"like_count":3,"quote_count":0,"bookmark_count":0,"impression_count":512},"referenced_tweets":[{"type":"replied_to","id":"1899999999999999001"}],"text":{{{JsonSerializer.Serialize(Encoding.UTF8.GetString(text))}}}},"includes":{"users":[{"id":"2244994945","name":"Mia Lang","username":"mia","public_metrics":{"followers_count":312,"following_count":85,"tweet_count":1934}}]},"matching_rules":[{"id":"1890000000000000001","tag":"listeningbot 1"}]}
            """);
    }
}
