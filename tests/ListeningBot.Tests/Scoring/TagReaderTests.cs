using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Tests.Scoring;

public class TagReaderTests
{
    private static string[] Read(string text, string lang = "en")
    {
        var pieces = new PieceList();
        pieces.Read(text);
        TagReader.Split(pieces, Lexicon.Of(lang));
        return [.. Enumerable.Range(0, pieces.Count).Where(i => pieces[i].FoldLength > 0).Select(i => System.Text.Encoding.UTF8.GetString(pieces.Folded(pieces[i])))];
    }

    [Theory]
    [InlineData("#neveragain", "never again")]
    [InlineData("#NeverAgain", "never again")]
    [InlineData("#worstservice", "worst service")]
    [InlineData("#nothappy", "not happy")]
    [InlineData("\uFF03nothappy", "not happy")]
    [InlineData("\uFE5Fnothappy", "not happy")]
    [InlineData("so #nothappy today", "so not happy today")]
    public void Words_that_stand_together_are_read_one_by_one(string text, string words) => Assert.Equal(words.Split(' '), Read(text));

    [Theory]
    [InlineData("#xqzvwkpt")]
    [InlineData("#fail")]
    [InlineData("#")]
    [InlineData("#aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void What_is_not_made_of_known_words_stays_one(string text) => Assert.InRange(Read(text).Length, 0, 1);

    [Fact]
    public void A_tag_stays_one_tag_however_many_words_it_has()
    {
        var pieces = new PieceList();
        pieces.Read("late again #neveragain #nothappy");
        TagReader.Split(pieces, Lexicon.Of("en"));
        Assert.Equal(2, Genre.Of(pieces).Tags);
        Assert.All(Enumerable.Range(0, pieces.Count), i => Assert.InRange(pieces[i].End, 1, pieces.Text.Length));
    }

    [Fact]
    public void Many_tags_in_a_row_are_all_read() =>
        Assert.Equal(Enumerable.Repeat(new[] { "never", "again" }, 300).SelectMany(words => words), Read(string.Join(' ', Enumerable.Repeat("#neveragain", 300))));

    [Theory]
    [InlineData("landed in Oslo, bag did not. #neveragain", "landed in Oslo, bag did not. never again")]
    [InlineData("my third router this year #nothappy", "my third router this year not happy")]
    public void A_complaint_in_a_tag_is_heard(string tagged, string plain) =>
        Assert.InRange(new Scorer().Assess(tagged, Evidence.None).Complaint, new Scorer().Assess(plain, Evidence.None).Complaint - 0.2, 1);
}
