using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Alerting;

public sealed class LateWriterTests
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void What_came_in_time_needs_no_word(int minutes) => Assert.Null(Because(posted: Ten, seen: Ten.AddMinutes(minutes), gaps: [new Gap(Ten, Ten.AddMinutes(5), "x")]));

    [Fact]
    public void A_time_in_which_the_channel_was_not_heard_is_told_with_its_cause() => Assert.Equal(
        "posts was not heard from 10:00 to 10:20 (connection lost)",
        Because(posted: Ten.AddMinutes(5), seen: Ten.AddMinutes(20), gaps: [new Gap(Ten, Ten.AddMinutes(20), "connection lost. Look at the network.")]));

    [Fact]
    public void What_was_read_after_it_is_told_so() => Assert.Equal(
        "posts was not heard from 10:00 to 10:20 (connection lost) and was read afterwards",
        Because(posted: Ten.AddMinutes(5), seen: Ten.AddMinutes(20), gaps: [new Gap(Ten, Ten.AddMinutes(20), "connection lost. Look at the network.") { Fate = GapFate.Backfilled }]));

    [Fact]
    public void A_channel_that_was_quiet_was_heard_all_the_same() => Assert.Equal(
        "posts gave nothing from 10:00 to 10:20, though it answered",
        Because(posted: Ten.AddMinutes(5), seen: Ten.AddMinutes(20), gaps: [new Gap(Ten, Ten.AddMinutes(20), "it gave nothing") { Fate = GapFate.Unknown, Quiet = true }]));

    [Fact]
    public void A_night_is_told_with_its_day() => Assert.Equal(
        "posts was not heard from 1 Nov 22:00 to 10:00 (ListeningBot was not running)",
        Because(posted: Ten.AddHours(-11), seen: Ten, gaps: [new Gap(Ten.AddHours(-12), Ten, "ListeningBot was not running")]));

    [Fact]
    public void Of_several_gaps_the_longest_is_told() => Assert.Equal(
        "posts was not heard from 10:10 to 10:40 (b)",
        Because(posted: Ten, seen: Ten.AddMinutes(45), gaps: [new Gap(Ten, Ten.AddMinutes(4), "a"), new Gap(Ten.AddMinutes(10), Ten.AddMinutes(40), "b")]));

    [Fact]
    public void A_gap_that_explains_little_of_the_delay_is_not_blamed() => Assert.Equal(
        "posts showed it 4 h after it was posted",
        Because(posted: Ten, seen: Ten.AddHours(4), gaps: [new Gap(Ten.AddHours(3), Ten.AddHours(3).AddMinutes(10), "a")]));

    [Fact]
    public void At_first_contact_that_is_the_reason() => Assert.Equal(
        "it was there before posts first looked there, at 10:00",
        Because(posted: Ten.AddHours(-3), seen: Ten.AddSeconds(30), contact: true));

    [Fact]
    public void Long_after_first_contact_the_source_was_slow() => Assert.Equal(
        "posts showed it 20 min after it was posted",
        Because(posted: Ten, seen: Ten.AddMinutes(20)));

    [Fact]
    public void What_lay_in_the_maybe_list_is_told_so() => Assert.Equal(
        "it lay in the maybe list from 10:01 to 12:00",
        Because(posted: Ten, seen: Ten.AddMinutes(1), opened: Ten.AddHours(2)));

    [Fact]
    public void Without_a_time_of_its_own_nobody_knows() => Assert.Null(Because(posted: null, seen: Ten));

    [Fact]
    public void A_long_cause_is_cut() => Assert.InRange(Because(posted: Ten, seen: Ten.AddHours(1), gaps: [new Gap(Ten, Ten.AddHours(1), string.Concat(Enumerable.Repeat("😀", 500)))])!.Length, 100, 160);

    private static string? Because(DateTimeOffset? posted, DateTimeOffset seen, IReadOnlyList<Gap>? gaps = null, bool contact = false, DateTimeOffset? opened = null)
    {
        var mention = new Mention
        {
            Id = 1,
            Post = Some.Post() with { Posted = posted },
            Posted = PostTime.Clamp(posted, seen),
            FirstSeen = seen,
            Assessment = Some.Assessment(),
            Watches = ["acme"],
            Teams = ["care"],
            Standing = Standing.Case,
        };
        var @case = Case.Open(new Opened(1, 1, Priority.High, ["care"], mention.Posted, opened ?? seen));
        return LateWriter.Because(@case, mention, wasInTray: opened is not null, contact, gaps ?? []);
    }
}
