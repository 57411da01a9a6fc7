using ListeningBot.Core.Scoring;

namespace ListeningBot.Tests.Scoring;

/// <summary>What is named as reason is what moved the verdict.</summary>
public sealed class ReasonsTests(ITestOutputHelper output)
{
    private static readonly Scorer s_scorer = new();

    private static Assessment Assess(string text) => s_scorer.Assess(text, Evidence.None);

    /// <summary>How far the logit moved from where every text begins, and how far what is named says that it moved.</summary>
    private static (double Moved, double Named) Of(string text)
    {
        var (desk, model, evidence) = (new Desk(), Model.Shipped, new Evidence { Stars = text.Length % 6 is > 0 and var stars ? stars : null });
        desk.Read(text.AsSpan(0, Math.Min(text.Length, Scorer.MostCharacters)), evidence, model);
        var start = (double)model.Calibrations[(int)Head.Complaint].Offset;
        foreach (var feature in Enum.GetValues<Feature>().Where(feature => GroundCodes.Of(feature) == GroundCodes.Base))
        {
            start += model.WeightOf(feature, Head.Complaint, desk.StrongestFeatures[(int)feature]);
        }
        var grounds = s_scorer.Judge(text, evidence).Grounds;
        var named = Enumerable.Range(0, grounds.Count).Select(i => grounds[i]).Where(ground => ground.Code != GroundCodes.Base).Sum(ground => (double)ground.Weight);
        return (model.Logit(Head.Complaint, desk.Logits[(int)Head.Complaint]) - start, named);
    }

    [Fact]
    public void The_named_reasons_explain_most_of_the_verdict()
    {
        var left = ScoringSamples.All.Select(text => (Text: text, Of(text).Moved, Of(text).Named)).OrderByDescending(one => Math.Abs(one.Moved - one.Named)).ToList();
        double At(double share) => Math.Abs(left[(int)(left.Count * share)].Moved - left[(int)(left.Count * share)].Named);
        output.WriteLine($"{left.Count} texts; the logit moved {left.Average(one => Math.Abs(one.Moved)):0.00} on average; not explained: median {At(0.5):0.000}, 95% below {At(0.05):0.000}, 99% below {At(0.01):0.000}, most {At(0):0.000} ({left[0].Text})");
        Assert.True(At(0.5) < 0.2);
        Assert.True(At(0.05) < 0.5);
        var clear = left.Where(one => Math.Abs(one.Moved) > 1.5).ToList();
        Assert.True(clear.Count(one => Math.Sign(one.Moved) == Math.Sign(one.Named)) >= clear.Count * 0.99);
    }

    [Fact]
    public void A_verdict_never_stands_without_a_reason_on_its_side()
    {
        foreach (var text in ScoringSamples.All.SelectMany(Beginnings))
        {
            var said = Assess(text);
            Assert.True(said.Reasons.Any(reason => reason.Side == (said.IsComplaint ? Side.For : Side.Against)), text);
        }
    }

    /// <summary>The text, and its first words alone: the fewer words, the less there is to name.</summary>
    private static IEnumerable<string> Beginnings(string text)
    {
        var words = text.Split(' ');
        return Enumerable.Range(1, 4).Where(count => count < words.Length).Select(count => string.Join(' ', words[..count])).Append(text);
    }

    [Fact]
    public void Every_reason_is_a_sentence_and_not_only_its_name()
    {
        foreach (var text in ScoringSamples.All)
        {
            var said = Assess(text);
            Assert.All(said.Reasons.Concat(said.PriorityReasons), reason => Assert.True(reason.Text.Contains(' ', StringComparison.Ordinal), $"{reason.Name}: {reason.Text} ({text})"));
        }
    }

    [Fact]
    public void The_words_of_a_reason_are_the_customers()
    {
        foreach (var text in ScoringSamples.All)
        {
            foreach (var reason in Assess(text).Reasons.Concat(Assess(text).PriorityReasons).Where(reason => reason.Words is { Length: < 40 }))
            {
                Assert.Contains(reason.Words!, new string([.. text.Select(c => char.IsControl(c) || c == '"' ? ' ' : c)]), StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Somebody's ventilator is no reason for hurry as long as it works.</summary>
    [Theory]
    [InlineData("I am stranded at the airport right now with my ventilator", Cue.Stranded)]
    [InlineData("my ventilator has stopped working, please help", Cue.Lifeline)]
    [InlineData("my charger burst into flames at the airport, I am stranded right now", Cue.Danger)]
    public void What_makes_it_a_matter_of_minutes_is_what_fulfilled_the_rule(string text, object cue)
    {
        var desk = new Desk();
        desk.Begin(text, Evidence.None);
        Assert.Equal(((Cue)cue).Bit(), Harm.Because(Feature.Minutes, desk));
    }

    [Theory]
    [InlineData("Acme to close 40 branches, 300 jobs at risk, breaking news https://news.example/1", "news", "job", "link")]
    [InlineData("50% off all sofas this weekend only! Order now, use code SOFA50 https://shop.example", "ad")]
    [InlineData("We're hiring a delivery driver in Leeds, apply now https://jobs.example/2", "job")]
    [InlineData("Why did the parcel cross the road? It never arrived 😂 lol joke", "joke", "good faces")]
    [InlineData("Thank you so much for the quick refund!", "thanks", "praise", "good word")]
    [InlineData("Excellent service, best shop in town, highly recommend", "praise", "good word")]
    public void What_it_is_instead_is_named_against(string text, params string[] names)
    {
        var said = Assess(text);
        Assert.False(said.IsComplaint);
        Assert.True(said.Reasons.Any(reason => reason.Side == Side.Against && names.Contains(reason.Name)), string.Join("; ", said.Reasons));
    }

    [Theory]
    [InlineData("De bestelling is nog steeds niet bezorgd en niemand reageert op mijn mails", "nl")]
    [InlineData("Paczka nie dotarła od trzech tygodni i nikt nie odpowiada", "pl")]
    [InlineData("注文した商品がまだ届きません", "ja")]
    public void A_language_that_is_known_less_well_is_said_so(string text, string lang)
    {
        var said = s_scorer.Assess(text, new Evidence { Lang = lang });
        Assert.StartsWith($"its language ({lang}) is known less well", said.Uncertain);
        Assert.Equal(("uncertain", 0, Side.Unsure), (said.Reasons[^1].Name, said.Reasons[^1].Weight, said.Reasons[^1].Side));
    }

    [Fact]
    public void What_is_near_the_line_is_said_so_and_what_is_clear_is_not()
    {
        foreach (var text in ScoringSamples.All)
        {
            var said = Assess(text);
            Assert.Equal(Math.Abs(said.Complaint - Scorer.ComplaintLine) < 0.1, said.Uncertain?.Contains("near the line", StringComparison.Ordinal) ?? false);
        }
    }

    [Fact]
    public void Hardly_a_word_is_said_so() => Assert.Contains("hardly a word", Assess("😡").Uncertain);

    [Fact]
    public void What_speaks_for_the_priority_is_named_apart()
    {
        var said = s_scorer.Assess("@acme my flight leaves tomorrow morning and nobody answers, I already paid and I am locked out of my booking", new Evidence { Followers = 50_000 });
        Assert.NotEmpty(said.PriorityReasons);
        Assert.Equal("reach", said.PriorityReasons[^1].Name);
        Assert.Contains(said.PriorityReasons, reason => reason is { Side: Side.For, Words: not null });
        Assert.Empty(Assess("Lovely staff, thank you so much for the help yesterday!").PriorityReasons);
    }
}
