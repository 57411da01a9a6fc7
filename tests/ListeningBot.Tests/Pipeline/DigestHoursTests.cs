using System.Globalization;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;
using ListeningBot.Tests.Teams;

namespace ListeningBot.Tests.Pipeline;

/// <summary>What was in time is told by the hours by which it was late, or not.</summary>
public sealed class DigestHoursTests : IAsyncDisposable
{
    /// <summary>A Monday, after the office closed at 17:00.</summary>
    private static readonly DateTimeOffset Posted = new(2026, 11, 9, 18, 0, 0, TimeSpan.Zero);

    private readonly TempStore _temp = new();
    private readonly Policy _policy = new()
    {
        Responders = new Responders { Teams = [SomeTeam.Care("Etc/UTC") with { Hours = [SomeTeam.Hours(SomeTeam.WorkDays, "09:00-17:00")] }] },
    };

    [Theory]
    [InlineData(Priority.Normal, "09:05", "1 of 1 in time")]
    [InlineData(Priority.Normal, "13:00", "1 of 1 in time")]
    [InlineData(Priority.Normal, "13:01", "0 of 1 in time")]
    [InlineData(Priority.Critical, "09:05", "0 of 1 in time")]
    public async Task An_answer_within_the_target_s_working_time_is_in_time(Priority priority, string answered, string told)
    {
        var heard = new Heard(ChangeKind.Added, Some.Post() with { Posted = Posted }, [Some.Watch()], Some.Assessment(0.9, priority), ByUs: false);
        var at = new DateTimeOffset(2026, 11, 10, 0, 0, 0, TimeSpan.Zero) + TimeSpan.Parse(answered, CultureInfo.InvariantCulture);
        await _temp.WriteAsync(tx =>
        {
            Recorder.Record(tx, new Harvest("posts", new Cursor("1"), false, null, [heard], [], [], 1), _policy, Posted);
            new CaseWriter(tx, at, _policy).Happen(tx.CaseOf(1)!, new AnsweredByUs("@care", at));
        });

        var card = await _temp.ReadAsync(view => Digests.SoFar(view, "care", Period.Week, _policy, at));

        Assert.Contains(card.Sections.SelectMany(section => section.Lines), line => line == told);
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
