using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Notifiers.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Notifiers.Discord;

/// <summary>Every kind of message that Discord is sent, with one text wherever a text of others can stand.</summary>
internal static class Cards
{
    private static readonly DateTimeOffset Now = ManualClock.Start;

    public static IEnumerable<(string Name, MessageBody Body)> With(string text)
    {
        foreach (var card in All(text))
        {
            yield return ($"{card.GetType().Name} {(card as CaseCard)?.State}", Rendering.Of(card));
        }
        var ping = new Ping(1, new CardKey("case:12", "care"), new MessageRef("1/2"), text, "ping-1") { Buttons = [new(text, new PressTarget(PressAction.Claim, 12))] };
        yield return ("ping", Rendering.Of(ping, new MessageAddress("1", "2")));
        yield return ("answer", AnswerRendering.Of(new PressAnswer(text, [.. Enumerable.Range(1, 30).Select(i => new CardButton(text, new PressTarget(PressAction.HandOver, 12, $"m{i}")))]), "Saved."));
    }

    public static IEnumerable<Card> All(string text)
    {
        foreach (var state in Enum.GetValues<CaseState>())
        {
            yield return Case(text, state);
            yield return Case(text, state) with { Owner = null, AnsweredBy = null, Outcome = null, MergedInto = 34 };
        }
        yield return new TrayCard
        {
            Key = new CardKey("tray:1", text),
            Version = 1,
            Team = text,
            Day = new DateOnly(2026, 11, 2),
            Page = 1,
            Pages = 2,
            Entries = [.. Enumerable.Range(1, 5).Select(i => new TrayEntry(i, text, text, text, "https://a.example/" + new string('x', 480), Now, 0.4, i == 2 ? text : null))],
        };
        yield return new NoticeCard { Key = new CardKey("notice:1", "ops"), Version = 1, Good = false, Text = text, At = Now, Buttons = [new(text, new PressTarget(PressAction.EndSilence, 1))] };
        yield return new GroupCard
        {
            Key = new CardKey("group:4", "care"),
            Version = 1,
            Team = text,
            Aspect = text,
            Since = Now,
            Cases = 2000,
            Unclaimed = 1953,
            Highest = Priority.Critical,
            Top = [.. Enumerable.Range(1, 25).Select(i => new GroupEntry(long.MaxValue - i, Priority.High, text, text, Now))],
            Choices = [.. Enumerable.Range(1, 40).Select(i => new CardButton(text, new PressTarget(PressAction.Take, 4, $"{i}")))],
            Buttons = [new("Take next", new PressTarget(PressAction.Take, 4), Main: true)],
        };
        yield return new DossierCard { Key = new CardKey("thread:12", "care"), Version = 1, Under = new MessageRef("1/2"), Title = text, Sections = Sections(text) };
        yield return new DigestCard { Key = new CardKey("digest:1", "care"), Version = 1, Title = text, Sections = Sections(text), Chart = new Picture("digest.png", text, [1]) };
    }

    private static IReadOnlyList<Section> Sections(string text) =>
    [
        new(text, [text, text]),
        new(text, [text, text], SectionLook.List),
        new(text, [text, text], SectionLook.Copy),
        new(text, [.. Enumerable.Repeat(text, 20)], SectionLook.List),
        new(text, [text], SectionLook.Copy),
        new(text, [text]),
    ];

    public static CaseCard Case(string text, CaseState state) => new()
    {
        Key = new CardKey("case:12", "care"),
        Version = 1,
        CaseId = 12,
        State = state,
        Priority = Priority.Critical,
        Posted = Now,
        Who = text,
        Where = text,
        Quote = text,
        Reason = text,
        NextStep = text,
        Voices = 3,
        For = text,
        Owner = state is CaseState.Unclaimed or CaseState.Shown ? null : text,
        Outcome = Outcome.Solved,
        ClosedBy = text,
        AnsweredBy = text,
        AnsweredAt = Now,
        LateBecause = text,
        Wants = text,
        History = text,
        PromiseDue = Now,
        Promise = text,
        SnoozedUntil = Now,
        HandOvers = 2,
        TheirWords = text,
        Private = true,
        Buttons = [new("Open post", null, "https://a.example/" + new string('x', 480)), new(text, new PressTarget(PressAction.Answered, 12)), new("Promise", new PressTarget(PressAction.Promise, 12)), new("Resolve", new PressTarget(PressAction.Resolve, 12)), new("More", new PressTarget(PressAction.More, 12))],
    };
}
