using ListeningBot.Core.Scoring;

namespace ListeningBot.Tests.Scoring;

public class LexiconTests
{
    public static TheoryData<string> Files => new(LexiconFile.Names);

    [Fact]
    public void Every_language_has_its_files()
    {
        foreach (var lang in new[] { "en", "de", "fr", "es", "it", "pt", "nl" })
        {
            Assert.Contains($"valence.{lang}.txt", LexiconFile.Names);
            Assert.Contains($"cues.{lang}.txt", LexiconFile.Names);
            Assert.Contains($"aspects.{lang}.txt", LexiconFile.Names);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_has_no_doubles_and_its_values_are_in_range(string name)
    {
        var lines = LexiconFile.ReadEmbedded(name);
        Assert.NotEmpty(lines);
        var doubles = lines.Where(line => line.Value is not null).SelectMany(line => line.Phrases, (line, phrase) => $"{line.Section} {phrase}").GroupBy(phrase => phrase, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.Empty(doubles);
        if (name.StartsWith("valence.", StringComparison.Ordinal))
        {
            Assert.All(lines, line => Assert.InRange(line.Value ?? 99, -4, 4));
            Assert.DoesNotContain(lines, line => line.Value is 0);
        }
        else if (name != Priors.File)
        {
            Assert.All(lines, line => Assert.Null(line.Value));
            Assert.All(lines, line => Assert.NotEqual("", line.Section));
        }
    }

    [Fact]
    public void English_has_a_few_thousand_words() => Assert.True(LexiconFile.ReadEmbedded("valence.en.txt").Count > 2000);

    [Theory]
    [InlineData("good\tmuch", "line 1: \"much\" is not a number")]
    [InlineData("// comment\n\n[half", "line 3: a section must look like [name]")]
    [InlineData("a||b c", "line 1: an alternative is empty")]
    [InlineData("a|b a|b a|b a|b a|b a|b a|b a|b a|b a|b a|b a|b a|b", "line 1: more than 4000 alternatives")]
    [InlineData("good\tNaN", "line 1: \"NaN\" is not a number")]
    public void A_malformed_line_is_told_with_file_and_line(string text, string expected)
    {
        var error = Assert.Throws<FormatException>(() => LexiconFile.Read("odd.txt", new StringReader(text)));
        Assert.StartsWith("Lexicon odd.txt, ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Alternatives_are_spread_and_comments_left_out()
    {
        var lines = LexiconFile.Read("odd.txt", new StringReader("// comment\n[one]\na|b c|~\n# hours\n"));
        Assert.Equal(["a c", "a", "b c", "b", "# hours"], lines.SelectMany(line => line.Phrases));
        Assert.All(lines, line => Assert.Equal("one", line.Section));
    }

    [Theory]
    [InlineData("[negator]\nnot a|the * day", "line 2: \"not a|the * day\" has a part that is no word")]
    [InlineData("[negator]\nnot\n~ ~|~", "line 3: \"~ ~|~\" has a part that is no word")]
    [InlineData("[negation]\nnot", "line 2: nobody knows the section [negation]")]
    public void A_phrase_that_nobody_could_write_is_told_with_file_and_line(string text, string expected)
    {
        var error = Assert.Throws<FormatException>(() => Build(text));
        Assert.StartsWith("Lexicon cues.odd.txt, ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_ways_through_a_phrase_mean_what_its_line_means_and_nothing_else_does()
    {
        var lexicon = Build("[negator]\ndon't|never ~|really|rip-off care\ncare\n[booster]\nnever care\n");
        foreach (var phrase in new[] { "don't care", "dont care", "don't really care", "dont rip off care", "never rip off care", "care" })
        {
            Assert.Equal(Cue.Negator.Bit(), MeaningOf(lexicon, phrase).Cues);
        }
        Assert.Equal(Cue.Negator.Bit() | Cue.Booster.Bit(), MeaningOf(lexicon, "never care").Cues);
        Assert.All(["never", "don't really", "never rip", "never rip off"], phrase => Assert.True(MeaningOf(lexicon, phrase).IsNothing));
    }

    private static Lexicon Build(string text) => new LexiconBuilder().Build([("cues.odd.txt", LexiconFile.Read("cues.odd.txt", new StringReader(text)))]);

    private static Meaning MeaningOf(Lexicon lexicon, string phrase)
    {
        var pieces = new PieceList();
        pieces.Read(phrase);
        WordFinder.Find(pieces, lexicon);
        var node = Lexicon.Root;
        for (var i = 0; i < pieces.Count; i++)
        {
            node = PhraseFinder.Next(lexicon, node, pieces[i]);
        }
        return lexicon[node];
    }

    [Theory]
    [InlineData("[complaint]\nMood\t1\n", "line 2: write a feature")]
    [InlineData("[complaint]\nBad\n", "line 2: write a feature")]
    [InlineData("[happiness]\nBad\t1\n", "line 2: \"happiness\" is no head")]
    public void A_prior_that_names_nothing_is_told_with_its_line(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Priors.Read(LexiconFile.Read(Priors.File, new StringReader(text)))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_prior_stands_at_its_feature_and_head()
    {
        var priors = Priors.Read(LexiconFile.Read(Priors.File, new StringReader("[positive]\nBad\t-0.5\n")));
        Assert.Equal(-0.5f, priors[(int)Feature.Bad * Heads.Count + (int)Head.Positive]);
        Assert.Equal(0.5f, -priors.Sum());
    }
}
