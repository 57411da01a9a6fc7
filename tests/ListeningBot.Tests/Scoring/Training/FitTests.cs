using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;

namespace ListeningBot.Tests.Scoring.Training;

public class FitTests
{
    private static readonly FitSettings s_quick = FitSettings.Shipped with { Rounds = 8 };

    private static Lesson Teach(string text, bool complaint, float weight = 1)
    {
        var targets = Lesson.Nothing();
        targets[(int)Head.Complaint] = complaint ? 1 : 0;
        return new Lesson(text, Evidence.None, targets, weight);
    }

    private static Fit FitTo(IEnumerable<Lesson> lessons, float[]? believed = null)
    {
        var reader = new LessonReader();
        var fit = new Fit(s_quick, believed ?? new float[Features.Count * Heads.Count]);
        fit.Run([.. lessons.Select(reader.Read)]);
        return fit;
    }

    private static double Says(Fit fit, string text)
    {
        var logits = new float[Heads.Count];
        fit.Weigh(new LessonReader().Read(Teach(text, true)).Whole, logits);
        return Steady.Logistic(logits[(int)Head.Complaint]);
    }

    [Fact]
    public void Words_that_no_lexicon_knows_are_learned()
    {
        string[] things = ["zorble", "quindle", "fraxis", "mompet", "ultrin", "gavvle", "prenk", "odrum"];
        var fit = FitTo(things.SelectMany(thing => new[] { Teach($"the {thing} grumbited again", true), Teach($"the {thing} floomed again", false) }).SelectMany(one => Enumerable.Repeat(one, 10)));
        Assert.True(Says(fit, "the wexer grumbited again") > 0.6);
        Assert.True(Says(fit, "the wexer floomed again") < 0.4);
    }

    [Fact]
    public void The_same_lessons_give_the_same_weights()
    {
        Lesson[] lessons = [Teach("the order never came", true), Teach("lovely day at the lake", false), Teach(string.Concat(Enumerable.Repeat("A long letter about an order that never came. ", 40)), true)];
        var (one, other) = (FitTo(lessons), FitTo(lessons));
        Assert.Equal(one.Dense, other.Dense);
        Assert.Equal(one.Table, other.Table);
    }

    /// <summary>All complaints of a corpus may begin with a handle because its writer liked it so.</summary>
    [Fact]
    public void A_habit_of_the_writer_is_not_learned()
    {
        var fit = FitTo(Enumerable.Range(0, 200).SelectMany(i => new[] { Teach($"@acme number {i} is gone #bad \"so\" $5", true), Teach($"number {i} is fine", false) }));
        foreach (var feature in new[] { Feature.StartsWithName, Feature.Names, Feature.Tags, Feature.Quote, Feature.Price, Feature.Link })
        {
            Assert.Equal(0, fit.Dense[(int)feature * Heads.Count + (int)Head.Complaint]);
        }
    }

    [Fact]
    public void What_nobody_labelled_is_not_learned()
    {
        var fit = FitTo([Teach("the order never came", true)]);
        for (var at = 0; at < fit.Table.Length; at++)
        {
            Assert.True(at % Heads.Count == (int)Head.Complaint || fit.Table[at] == 0);
        }
    }

    [Fact]
    public void Beliefs_give_way_slowly()
    {
        var believed = new float[Features.Count * Heads.Count];
        believed[(int)Feature.Bad * Heads.Count] = 1;
        var fit = FitTo(Enumerable.Repeat(Teach("terrible awful horrible", false), 50), believed);
        Assert.InRange(fit.Dense[(int)Feature.Bad * Heads.Count], 0.2f, 0.99f);
    }

    [Fact]
    public void In_a_letter_the_loudest_passage_teaches()
    {
        var polite = string.Concat(Enumerable.Repeat("We walked along the river and looked at the boats for a long while that day. ", 12));
        var fit = FitTo(Enumerable.Range(0, 60).SelectMany(i => new[] { Teach($"{polite} Then the gizmo snorfled badly number {i}. {polite}", true), Teach($"{polite} Number {i}. {polite}", false), Teach("the gizmo snorfled", true), Teach("we walked along the river", false) }));
        Assert.True(Says(fit, "our gizmo snorfled") > 0.6);
        Assert.True(Says(fit, "walked along the river") < 0.4);
    }
}
