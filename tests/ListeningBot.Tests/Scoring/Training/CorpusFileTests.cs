using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;

namespace ListeningBot.Tests.Scoring.Training;

public class CorpusFileTests
{
    private static List<CorpusText> Read(string content, out List<string> errors, string name = "parcels.en.txt") => CorpusFile.Read(name, new StringReader(content), errors = []);

    [Fact]
    public void Labels_the_other_readers_labels_and_the_text_are_read()
    {
        var texts = Read("// a remark\n\ncomplaint neg normal 1 app ~chat neu | a | b\\nc \\\\ d\r\nnews neu | a headline", out var errors, "talk.de.txt");

        Assert.Empty(errors);
        Assert.Equal(
            [
                new CorpusText("talk.de.txt", 3, "de", "a | b\nc \\ d", new CorpusLabels("complaint", "neg", Priority.Normal, 1, "app"), new CorpusLabels("chat", "neu", null, null, null)),
                new CorpusText("talk.de.txt", 4, "de", "a headline", new CorpusLabels("news", "neu", null, null, null), null),
            ],
            texts);
    }

    [Theory]
    [InlineData("my parcel is late", "no \" | \" between labels and text")]
    [InlineData(" | my parcel is late", "labels are missing")]
    [InlineData("rant neg | x", "\"rant\" is no kind; write one of complaint, news, ad, job, joke, quote, praise, thanks, question, gossip, chat")]
    [InlineData("chat | x", "the feeling is missing; write neg, neu or pos")]
    [InlineData("chat sad | x", "\"sad\" is no feeling; write neg, neu or pos")]
    [InlineData("chat neg high 1 app | x", "what is no complaint has two labels: kind and feeling")]
    [InlineData("complaint neg | x", "a complaint has five labels: complaint, feeling, priority, severity, aspect")]
    [InlineData("complaint neg 2 1 app | x", "\"2\" is no priority; write critical, high, normal or low")]
    [InlineData("complaint neg high 4 app | x", "\"4\" is no severity; write 0, 1, 2 or 3")]
    [InlineData("complaint neg high 1 apps | x", "\"apps\" is no aspect; write one of safety, privacy, refund, billing, outage, delivery, app, staff, quality, other")]
    [InlineData("chat neu ~chat sad | x", "\"sad\" is no feeling; write neg, neu or pos")]
    public void A_line_that_is_no_text_with_labels_is_told_with_its_place(string line, string error)
    {
        Assert.Single(Read($"chat neu | fine\n{line}", out var errors));
        Assert.Equal([$"parcels.en.txt, line 2: {error}."], errors);
    }

    /// <summary>Else figures would be taken on what was fitted as soon as a text is added.</summary>
    [Fact]
    public void Which_part_a_text_belongs_to_is_told_by_its_words_alone()
    {
        var texts = Enumerable.Range(0, 4000).Select(i => new CorpusText("a.en.txt", i, "en", $"text {i}", CorpusLabels.Parse("chat neu", out _)!, null)).ToList();

        Assert.InRange(texts.Count(text => text.IsHeldBack), 520, 680);
        Assert.InRange(texts.Count(text => text.IsForCalibration), 330, 470);
        Assert.DoesNotContain(texts, text => text.IsHeldBack && text.IsForCalibration);
        Assert.All(texts, text => Assert.Equal((text.IsHeldBack, text.IsForCalibration), (Other(text).IsHeldBack, Other(text).IsForCalibration)));

        static CorpusText Other(CorpusText text) => text with { File = "b.de.txt", Line = 7, Lang = "de", Labels = CorpusLabels.Parse("news neg", out _)! };
    }
}
