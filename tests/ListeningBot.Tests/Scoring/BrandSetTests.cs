using System.Text.RegularExpressions;
using ListeningBot.Cli;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;

namespace ListeningBot.Tests.Scoring;

/// <summary>
/// A year of an imaginary company that the corpus does not know. Nothing is ever fitted to it, neither weights nor lexicons nor lines: it tells what a brand never seen would get.
/// So no figure of it is held here but a floor far below all that was ever measured, which only a broken model misses.
/// </summary>
public sealed partial class BrandSetTests
{
    /// <summary>As many of a text's runs of three words stand in one other text: the same text, a little changed.</summary>
    private const double Near = 0.5;

    /// <summary>In a text with fewer runs of three words a common turn of phrase is half of it.</summary>
    private const int FewestRuns = 4;

    private static readonly List<string> s_errors = [];
    private static readonly List<CorpusText> s_texts = [.. Files().SelectMany(Read)];

    private static IEnumerable<FileInfo> Files() => new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "Scoring", "BrandSet")).GetFiles("*.txt").OrderBy(file => file.Name, StringComparer.Ordinal);

    private static List<CorpusText> Read(FileInfo file)
    {
        using var reader = file.OpenText();
        return CorpusFile.Read(file.Name, reader, s_errors);
    }

    [Fact]
    public void It_has_the_form_of_the_corpus_and_enough_of_everything()
    {
        Assert.Empty(s_errors);
        Assert.True(s_texts.Count >= 600, $"{s_texts.Count} texts");
        Assert.True(s_texts.Count(text => text.File.StartsWith("letters.", StringComparison.Ordinal)) >= 80, "too few letters");
        Assert.True(s_texts.Count(text => text.Labels.Priority == Priority.Critical) >= 60, "too few critical texts");
        Assert.Equal(["de", "en", "es", "fr"], s_texts.Select(text => text.Lang).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(CorpusLabels.Kinds.Order(StringComparer.Ordinal), s_texts.Select(text => text.Labels.Kind).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(s_texts.GroupBy(text => string.Join(' ', Words(text.Text))).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public void No_text_of_it_is_in_the_corpus()
    {
        var others = new Others(Corpus.Read().Texts);
        var known = s_texts.Select(text => (Text: text, Other: others.Nearest(text.Text))).Where(one => one.Other is not null)
            .Select(one => $"{one.Text.File}:{one.Text.Line} is {one.Other!.File}:{one.Other.Line}; take it out of the corpus.");
        Assert.Empty(known);
    }

    [Theory]
    [InlineData("Dark mode, when?", true)]
    [InlineData("dark mode when already", false)]
    [InlineData("The kettle that I bought on Monday leaks all over my floor", true)]
    [InlineData("the kettle that I bought last year is the best that I ever had", false)]
    public void What_is_near_is_told(string text, bool near)
    {
        var others = new Others(CorpusFile.Read("a.en.txt", new StringReader("question neu | dark mode when\ncomplaint neg low 0 quality | The kettle that I bought on Monday leaks all over the kitchen\n"), []));
        Assert.Equal(near, others.Nearest(text) is not null);
    }

    [Fact]
    public async Task It_can_be_measured_and_the_model_is_not_broken()
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();
        var exit = await EvaluateVerb.RunAsync(new EvaluateVerbWishes { Files = [.. Files()], Worst = 1 }, output, messages, TestContext.Current.CancellationToken);
        Assert.Equal("", messages.ToString());
        Assert.Equal(Exit.Done, exit);
        Assert.Contains($"{s_texts.Count} texts", output.ToString(), StringComparison.Ordinal);

        var scorer = new Scorer();
        var cases = s_texts.Select(text => new EvaluateVerbCase("", text.Labels.Kind, null, text.Text, scorer.Assess(text.Text, new Evidence { Lang = text.Lang }), text)).ToList();
        var figures = new EvaluateVerbFigures(cases, EvaluateVerbCase.Complaint);
        Assert.True(figures.RocAuc > 0.75, $"ROC-AUC {figures.RocAuc}");
        Assert.True(figures.Complaints.F1 > 0.6, $"F1 {figures.Complaints.F1}");
        var urgent = new EvaluateVerbLabels(cases).EndToEnd(Priority.High);
        Assert.True(urgent.F1 > 0.4, $"F1 of what is high or critical: {urgent.F1}");
    }

    private static string[] Words(string text) => [.. Word().Matches(text.ToLowerInvariant()).Select(word => word.Value)];

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}_]+")]
    private static partial Regex Word();

    /// <summary>Texts by their words, and by their runs of three.</summary>
    private sealed class Others
    {
        private readonly IReadOnlyList<CorpusText> _texts;
        private readonly Dictionary<string, int> _whole = [];
        private readonly Dictionary<string, HashSet<int>> _byRun = [];

        public Others(IReadOnlyList<CorpusText> texts)
        {
            _texts = texts;
            for (var i = 0; i < texts.Count; i++)
            {
                var words = Words(texts[i].Text);
                _whole[string.Join(' ', words)] = i;
                foreach (var run in RunsOf(words))
                {
                    (_byRun.TryGetValue(run, out var has) ? has : _byRun[run] = []).Add(i);
                }
            }
        }

        /// <summary>The one that is the same text or nearly so.</summary>
        public CorpusText? Nearest(string text)
        {
            var words = Words(text);
            if (_whole.TryGetValue(string.Join(' ', words), out var same))
            {
                return _texts[same];
            }
            var runs = RunsOf(words);
            return runs.Count < FewestRuns ? null
                : runs.SelectMany(run => _byRun.GetValueOrDefault(run) ?? []).CountBy(one => one).Where(one => one.Value >= Near * runs.Count)
                    .OrderByDescending(one => one.Value).Select(one => _texts[one.Key]).FirstOrDefault();
        }

        private static HashSet<string> RunsOf(string[] words) => [.. Enumerable.Range(0, Math.Max(0, words.Length - 2)).Select(i => string.Join(' ', words[i..(i + 3)]))];
    }
}
