using ListeningBot.Core.Text;

namespace ListeningBot.Tests.Text;

/// <summary>Forms/*.txt: "word: forms that must be found | words that must not be".</summary>
public sealed class WordFormsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("en", 150)]
    [InlineData("de", 60)]
    [InlineData("fr", 60)]
    [InlineData("es", 60)]
    [InlineData("it", 60)]
    [InlineData("pt", 60)]
    public void Nearly_all_forms_are_found_and_no_others(string language, int atLeast)
    {
        var lines = Lines(language);
        var (wanted, missed, wrong) = (0, new List<string>(), new List<string>());
        foreach (var (word, must, mustNot) in lines)
        {
            var forms = WordForms.Of(word, [language]);
            wanted += must.Length;
            missed.AddRange(must.Except(forms).Select(form => $"{word} lacks {form}"));
            wrong.AddRange(mustNot.Intersect(forms).Select(form => $"{word} has {form}"));
            Assert.Equal(Folding.Fold(word), forms[0]);
            Assert.InRange(forms.Count, 1, WordForms.Most);
        }

        output.WriteLine($"{language}: {lines.Count} words, {wanted} forms, {missed.Count} missed, {wrong.Count} wrong");
        missed.Concat(wrong).ToList().ForEach(output.WriteLine);
        Assert.InRange(lines.Count, atLeast, int.MaxValue);
        Assert.Empty(wrong);
        Assert.True(missed.Count <= wanted * 0.05, string.Join(", ", missed));
    }

    [Theory]
    [InlineData("REFUNDS", "refunds refund refunded refunding")]
    [InlineData("  Paid ", "paid pay pays paying")]
    [InlineData("#refund", "#refund")]
    [InlineData("c3po", "c3po")]
    [InlineData("a", "a")]
    [InlineData("", "")]
    [InlineData("返金", "返金")]
    public void A_word_in_any_case_has_itself_first_and_what_is_no_plain_word_only_itself(string word, string forms) =>
        Assert.Equal(forms.Split(' '), WordForms.Of(word, ["en"]));

    [Fact]
    public void A_form_of_several_words_is_taken_as_it_stands()
    {
        Assert.Equal(["leaves"], WordForms.Of("leaves", ["en"]));
        Assert.Contains("leaving", WordForms.Of("leave", ["en"]));
    }

    [Theory]
    [InlineData("order", "order orders ordered ordering")]
    [InlineData("deliver", "deliver delivers delivered delivering")]
    [InlineData("compare", "compare compares compared comparing")]
    [InlineData("fire", "fire fires fired firing")]
    [InlineData("token", "token tokens")]
    [InlineData("blorf", "blorf blorfs blorfed blorfing")]
    [InlineData("für", "fur")]
    public void Without_a_language_English_words_get_no_forms_of_others(string word, string forms) =>
        Assert.Equal(forms.Split(' ').Order(), WordForms.Of(word, []).Order());

    [Theory]
    [InlineData("stornieren", "storniert")]
    [InlineData("erstatten", "erstattet")]
    [InlineData("entkernieren", "entkerniert")]
    [InlineData("rembourser", "rembourse")]
    [InlineData("livrer", "livraient")]
    [InlineData("cobrar", "cobro")]
    [InlineData("cobrar", "cobrou")]
    [InlineData("devolver", "devuelto")]
    [InlineData("devolver", "devolvido")]
    [InlineData("reembolsar", "reembolsou")]
    [InlineData("rimborsare", "rimborsato")]
    [InlineData("kaputt", "kaputte")]
    public void Without_a_language_a_word_has_the_forms_of_those_that_know_it(string word, string form)
    {
        var forms = WordForms.Of(word, []);
        Assert.Contains(form, forms);
        Assert.InRange(forms.Count, 1, WordForms.Most);
    }

    [Fact]
    public void Without_a_language_no_form_is_a_small_word_of_any()
    {
        Assert.Contains("are", WordForms.Of("be", ["en"]));
        Assert.DoesNotContain("are", WordForms.Of("be", []));
    }

    [Fact]
    public void A_language_without_tables_gives_the_word_itself() => Assert.Equal(["iptal"], WordForms.Of("iptal", ["tr"]));

    private static List<(string Word, string[] Must, string[] MustNot)> Lines(string language) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Text", "Forms", $"{language}.txt")).Where(line => line.Contains(':') && !line.StartsWith("//", StringComparison.Ordinal)).Select(line =>
        {
            var sides = line.Split(':', '|');
            return (sides[0].Trim(), Folded(sides[1]), Folded(sides.Length > 2 ? sides[2] : ""));
        })];

    private static string[] Folded(string forms) => [.. forms.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Folding.Fold)];
}
