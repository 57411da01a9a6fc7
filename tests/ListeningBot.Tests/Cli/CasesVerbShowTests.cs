using ListeningBot.Cli;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cli;

/// <summary>`cases show`: one case with its posts.</summary>
public sealed class CasesVerbShowTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();

    [Fact]
    public async Task Of_a_post_that_has_a_date_it_is_told() => Assert.Contains("  posted 2026-11-02 08:58:00, first seen 2026-11-02 09:00:00\n", await ShowAsync(ManualClock.Start.AddMinutes(-2)), StringComparison.Ordinal);

    /// <summary>When it was posted nobody knows: the moment it was seen is not that.</summary>
    [Fact]
    public async Task Of_a_post_without_a_date_it_is_told_when_it_was_seen()
    {
        var shown = await ShowAsync(posted: null);

        Assert.Contains("  no date, first seen 2026-11-02 09:00:00\n", shown, StringComparison.Ordinal);
        Assert.Contains("  no date, seen 2026-11-02 09:00:00  posts  Mia Lang", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("  posted ", shown, StringComparison.Ordinal);
    }

    private async Task<string> ShowAsync(DateTimeOffset? posted)
    {
        var now = ManualClock.Start;
        var id = await _temp.WriteAsync(tx =>
        {
            var mention = new Mention { Post = Some.Post() with { Posted = posted }, Posted = posted ?? now, FirstSeen = now, Assessment = Some.Assessment(), Watches = ["acme"], Teams = ["care"], Standing = Standing.Case };
            return new CaseWriter(tx, now, new Policy()).Open(mention with { Id = tx.AddMention(mention) }, ["care"]).Id;
        });
        await using var output = new StringWriter { NewLine = "\n" };
        await CasesVerbShow.RunAsync(_temp.Store, id, json: false, output, TextWriter.Null, CancellationToken.None);
        return output.ToString();
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
