using System.Text.RegularExpressions;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Tests.Scoring;

/// <summary>The same words in odd clothes get the same verdict as in plain ones.</summary>
public sealed partial class RobustnessTests(ITestOutputHelper output)
{
    private const string Plain = "my order never arrived, terrible service";
    private const string Neutral = "We had booked it for the week that we spent at the lake with my sister and her two boys, and the house there stands quite alone at the end of a small road. The next shop is in the village. ";
    private const int Texts = 1500;
    private static readonly Scorer s_scorer = new();
    private static readonly string[] s_names = ["@mia_lang", "@Xq77", "@benthebuilder_2", "@ZOE"];
    private static readonly string[] s_neutral = ["The table near the window is blue.", "It was on Tuesday, I think.", "There are two rooms and a small garden."];

    private static Assessment Assess(string text) => s_scorer.Assess(text, Evidence.None);

    private static double Complaint(string text) => s_scorer.Judge(text, Evidence.None).Complaint;

    private static void IsAs(string plain, string odd, double bound)
    {
        var (expected, said) = (Assess(plain), Assess(odd));
        Assert.True(Math.Abs(expected.Complaint - said.Complaint) <= bound, $"{expected.Complaint:0.000} became {said.Complaint:0.000}: {odd[..Math.Min(200, odd.Length)]}");
        Assert.Equal((expected.IsComplaint, expected.SentimentLabel, expected.Aspect), (said.IsComplaint, said.SentimentLabel, said.Aspect));
    }

    [Theory]
    [InlineData("ｍｙ ｏｒｄｅｒ ｎｅｖｅｒ ａｒｒｉｖｅｄ，ｔｅｒｒｉｂｌｅ ｓｅｒｖｉｃｅ")]
    [InlineData("my or\u200Bder nev\u00ADer arr\u200Dived, terri\u200Bble service")]
    [InlineData("mу оrder nеver аrrived, tеrrible sеrvice")]
    [InlineData("m\u0336y\u0336 o\u0336r\u0336der n\u0336ever a\u0336rrived, t\u0336errible service")]
    [InlineData("m̷̢̛y ö̴͎́rder n̶̡͖̅ever arr̸̰͑ived, t̵̜̔errible se̷̪͗rvice")]
    [InlineData("𝗺𝘆 𝗼𝗿𝗱𝗲𝗿 𝗻𝗲𝘃𝗲𝗿 𝗮𝗿𝗿𝗶𝘃𝗲𝗱, 𝘵𝘦𝘳𝘳𝘪𝘣𝘭𝘦 𝘴𝘦𝘳𝘷𝘪𝘤𝘦")]
    [InlineData("\u202Amy order never arrived, terrible service\u202C\u200F")]
    public void Odd_letters_change_nothing(string text) => IsAs(Plain, text, 0.02);

    [Theory]
    [InlineData("<p>my order <b>never</b> arrived, <i>terrible</i> service</p>")]
    [InlineData("<div class=\"post\"><span style=\"color:red\">my order never arrived, terrible service</span></div><br/>")]
    [InlineData("**my order** _never_ arrived, ***terrible*** service")]
    [InlineData("## my order never arrived, `terrible` service")]
    [InlineData("> my order never arrived, terrible service")]
    [InlineData("my order never arrived,&nbsp;terrible service &#8203;")]
    [InlineData("~~~ my order never arrived, terrible service ~~~")]
    [InlineData("MY ORDER NEVER ARRIVED, TERRIBLE SERVICE")]
    public void Markup_and_capitals_change_little(string text) => IsAs(Plain, text, 0.05);

    [Theory]
    [InlineData("I <3 your shop & the staff", 6)]
    [InlineData("a <b c> d", 4)]
    [InlineData("f*** this", 3)]
    [InlineData("*f*ck* this", 4)]
    [InlineData("AT&T; is down", 4)]
    public void What_only_looks_like_markup_is_read(string text, int words)
    {
        var pieces = new PieceList();
        pieces.Read(text);
        Assert.Equal(words, Enumerable.Range(0, pieces.Count).Count(i => pieces[i].FoldLength > 0));
    }

    [Theory]
    [InlineData("l'_")]
    [InlineData("my order never arrived, qu'__ terrible")]
    [InlineData("dell\u2019_?")]
    [InlineData("\ud83d my order \ude00 never arrived")]
    [InlineData("#")]
    [InlineData("_ * & < > ' \u0301")]
    public void Scraps_are_judged_like_any_text(string text) => Assert.InRange(Complaint(text), 0, 1);

    [Fact]
    public void A_quoted_mail_below_the_own_words_changes_little()
    {
        var said = Assess(Plain + "\r\n\r\nOn 3 May Acme Care wrote:\r\n> Dear customer,\r\n> your ticket 4711 has been opened.\r\n> Acme Care\r\n");
        Assert.True(said.IsComplaint);
        Assert.InRange(said.Complaint, Complaint(Plain) - 0.3, Complaint(Plain) + 0.1);
    }

    [Theory]
    [InlineData("😡😡😡", "negative")]
    [InlineData("❤️😍🎉", "positive")]
    public void Faces_alone_tell_a_feeling_and_say_that_they_are_no_sure_sign(string text, string label)
    {
        Assert.Equal(label, Assess(text).SentimentLabel);
        Assert.NotNull(Assess(text).Uncertain);
    }

    [Theory]
    [InlineData("scam")]
    [InlineData("kaputt")]
    [InlineData("?")]
    [InlineData("refund")]
    public void One_word_is_no_sure_sign(string text) => Assert.NotNull(Assess(text).Uncertain);

    [Fact]
    public void A_hundred_kilobytes_are_judged_by_their_beginning_and_at_once()
    {
        var letter = Plain + ". " + string.Concat(Enumerable.Repeat(Neutral, 600));
        Assert.True(letter.Length > 100_000);
        var said = Assess(letter);
        Assert.True(said.IsComplaint);
        Assert.Equal(said.Complaint, Complaint(letter[..Scorer.MostCharacters]));
    }

    public static TheoryData<string, double, double> Changes => new()
    {
        // What is changed, how much at most for 95 of 100 texts, and how many of 100 verdicts that were clear may turn.
        { "the name in it for another", 0.01, 0 },
        { "the case of its names", 0.01, 0 },
        { "its letters to lower case", 0.05, 0.5 },
        { "its letters to capitals", 0.15, 1 },
        { "its letters to wide ones", 0.01, 0.5 },
        { "bold", 0.02, 0.5 },
        { "paragraphs of HTML", 0.15, 1 },
        { "a name before it", 0.3, 6 },
        { "a name after it", 0.15, 2 },
        { "a neutral sentence after it", 0.3, 6 },
        { "a neutral sentence before it", 0.3, 7 },
    };

    /// <summary>Over random texts with a fixed seed; the distribution is in the test's output.</summary>
    [Theory]
    [MemberData(nameof(Changes))]
    public void What_means_nothing_moves_the_verdict_little(string what, double bound, double turned)
    {
        var random = new Random(20);
        var all = ScoringSamples.All.Where(text => text.Length is > 20 and < 5000).ToList();
        var moves = new List<(double Before, double After)>();
        for (var i = 0; i < Texts; i++)
        {
            var text = all[random.Next(all.Count)];
            moves.Add((Complaint(text), Complaint(Changed(what, text, random))));
        }
        var far = moves.Select(move => Math.Abs(move.After - move.Before)).Order().ToList();
        var clear = moves.Where(move => Math.Abs(move.Before - 0.5) >= 0.1).ToList();
        var turns = 100.0 * clear.Count(move => move.Before >= 0.5 != move.After >= 0.5) / clear.Count;
        output.WriteLine(FormattableString.Invariant($"{what}: median {far[Texts / 2]:0.000}, 90% {far[Texts * 9 / 10]:0.000}, 95% {far[Texts * 95 / 100]:0.000}, 99% {far[Texts * 99 / 100]:0.000}, most {far[^1]:0.000}; {turns:0.0}% of the clear verdicts turn; mean {moves.Average(move => move.After - move.Before):+0.000;-0.000}"));
        Assert.InRange(far[Texts * 95 / 100], 0, bound);
        Assert.InRange(turns, 0, turned);
    }

    /// <summary>How many of 100 complaints get another priority.</summary>
    [Theory]
    [InlineData("a name before it", 8)]
    [InlineData("a name after it", 2)]
    [InlineData("its letters to capitals", 3)]
    [InlineData("the name in it for another", 1)]
    [InlineData("a neutral sentence after it", 18)]
    public void What_means_nothing_leaves_the_priority(string what, double most)
    {
        var random = new Random(21);
        var all = ScoringSamples.All.Where(text => text.Length is > 20 and < 5000 && Assess(text).IsComplaint).ToList();
        var moves = Enumerable.Range(0, Texts).Select(_ => all[random.Next(all.Count)])
            .Select(text => (Before: s_scorer.Judge(text, Evidence.None).Priority, After: s_scorer.Judge(Changed(what, text, random), Evidence.None).Priority)).ToList();
        var changed = 100.0 * moves.Count(move => move.Before != move.After) / Texts;
        var critical = moves.Where(move => move.Before == Priority.Critical).ToList();
        output.WriteLine(FormattableString.Invariant($"{what}: {changed:0.0}% have another priority, {100.0 * moves.Count(move => Math.Abs(move.Before - move.After) > 1) / Texts:0.0}% by two steps; {critical.Count(move => move.After != Priority.Critical)} of {critical.Count} are no longer critical"));
        Assert.InRange(changed, 0, most);
    }

    private static string Changed(string what, string text, Random random)
    {
        string One(string[] of) => of[random.Next(of.Length)];
        return what switch
        {
            "the name in it for another" => Name().Replace(text, _ => One(s_names)),
            "the case of its names" => Name().Replace(text, name => name.Value.ToUpperInvariant()),
            "its letters to lower case" => text.ToLowerInvariant(),
            "its letters to capitals" => Link().Replace(text.ToUpperInvariant(), link => link.Value.ToLowerInvariant()),
            "its letters to wide ones" => string.Concat(text.Select(c => char.IsAsciiLetter(c) ? (char)(c + 0xFEE0) : c)),
            "bold" => $"**{text}**",
            "paragraphs of HTML" => $"<p>{text.Replace("\n", "</p>\n<p>", StringComparison.Ordinal)}</p>",
            "a name before it" => $"{One(s_names)} {text}",
            "a name after it" => $"{text} {One(s_names)}",
            "a neutral sentence after it" => $"{text} {One(s_neutral)}",
            _ => $"{One(s_neutral)} {text}",
        };
    }

    [GeneratedRegex(@"(?<!\S)@\w+")]
    private static partial Regex Name();

    [GeneratedRegex(@"HTTPS?:\S+")]
    private static partial Regex Link();

    [Theory]
    [InlineData("Thanks, that fixed it!\n\n> My account was hacked and all my money is gone!\n> Nobody answers!", "Thanks, that fixed it!")]
    [InlineData("It still does not work.\n>> We have sent you a new one, with love\n> Great, thank you so much!", "It still does not work.")]
    public void What_is_quoted_below_ones_own_words_is_not_ones_own(string mail, string own) => Assert.Equal(Assess(own).Complaint, Assess(mail).Complaint, 1);

    [Theory]
    [InlineData("> my order never came\n> nobody answers")]
    [InlineData("my order never came\n>:( nobody answers")]
    public void A_quote_alone_and_an_angry_face_are_read(string text) => Assert.True(Assess(text).IsComplaint);

    [Theory]
    [InlineData("Nobody answers the phone.", "Kind regards\nKim Doe\n12 High Street, Leeds LS1 4AP\nTel 0113 496 0000")]
    [InlineData("The parcel is late.", "KIND REGARDS,\r\nKim Doe")]
    [InlineData("The parcel is late.", "Yours faithfully\n\nKim Doe\nHead of Sales, Happy News AP Ltd.")]
    [InlineData("Es wurde zweimal abgebucht.", "Mit freundlichen Grüßen\nKim Doe\nHauptstr. 12")]
    [InlineData("Mon colis n'est jamais arrivé.", "Bien à vous,\nKim Doe\n12 rue de la Paix, 75002 Paris")]
    [InlineData("Mi pedido no ha llegado.", "Saludos cordiales.\nKim Doe")]
    [InlineData("Il pacco non è mai arrivato.", "Distinti saluti\nKim Doe")]
    [InlineData("A encomenda nunca chegou.", "Com os melhores cumprimentos,\nKim Doe")]
    public void A_sign_off_says_nothing(string said, string signOff) => IsAs(said, said + "\n\n" + signOff, 0.02);

    [Theory]
    [InlineData("Hello!\nBest regards to the team, nobody answers the phone.")]
    [InlineData("Hello!\nKind regards\nKim\nP.S. Nobody answers the phone.")]
    [InlineData("Hello!\nKind regards\nKim\nps: nobody answers the phone")]
    [InlineData("Hello!\nKind regards\nKim\n\nNobody answers the phone.")]
    [InlineData("Hello!\nKind regards\nKim\n\nnobody answers the phone")]
    [InlineData("Hello!\nKind regards\nKim\nNobody answers!")]
    [InlineData("Hello!\nKind regards\n1\n2\n3\n4\n5\n6\n7\n8\nNobody answers")]
    [InlineData("Kind regards\nNobody answers")]
    public void What_is_said_below_a_sign_off_or_in_its_words_is_read(string text)
    {
        var pieces = new PieceList();
        pieces.Read(text);
        Assert.Contains("answers", Enumerable.Range(0, pieces.Count).Select(i => System.Text.Encoding.UTF8.GetString(pieces.Folded(pieces[i]))));
    }

    [Theory]
    [InlineData("La batterie a pris feu", "fr")]
    [InlineData("O carregador pegou fogo", "pt")]
    public void A_few_words_about_fire_are_read_in_their_language(string text, string lang) => Assert.Equal(lang, Assess(text).Lang);

    [Theory]
    [InlineData("saftladen", "de")]
    [InlineData("arnaque @Acme", "fr")]
    [InlineData("Estafa", "es")]
    [InlineData("Brand ambassador", "und")]
    [InlineData("shame @Acme", "und")]
    [InlineData("@Acme", "und")]
    public void One_bad_word_is_read_in_its_language_unless_English_has_it_too(string text, string lang) => Assert.Equal(lang, Assess(text).Lang);
}
