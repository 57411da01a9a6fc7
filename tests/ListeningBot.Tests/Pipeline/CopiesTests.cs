using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>What gathers on one case and what does not, through the recorder, each pair by two authors.</summary>
public sealed class CopiesTests : IAsyncDisposable
{
    private const string News = "Acme has recalled 40,000 kettles after several customers reported that the handle breaks off while pouring. The company said on Monday that buyers get their money back, but shops know nothing of it.";
    private const string Long = "I ordered a washing machine from Acme six weeks ago, paid in full, took two days off work for deliveries that never came, and each time I call the hotline somebody promises that it comes tomorrow. It never does.";
    private const string Short = "My order has not arrived yet, please help @acme";
    private const string Rant = "Acme hotline: 3 hours of waiting music, then they hang up on me";
    private const string GermanNews = "Acme ruft 40.000 Wasserkocher zurück, weil bei mehreren Kunden der Griff beim Eingießen abgebrochen ist. Das Unternehmen teilte am Montag mit, Käufer bekämen ihr Geld zurück, doch die Läden wissen davon nichts.";
    private const string JapaneseNews = "アクメは、複数の顧客から取っ手が折れたとの報告を受け、やかん四万個を回収すると月曜日に発表した。";
    private const string Article = "https://news.example/2026/11/acme-recalls-kettles";

    public static TheoryData<string, string> Copied => new()
    {
        { News, News },
        { News, "RT @wire: " + News },
        { News, News.ToUpperInvariant() },
        { News, "BERLIN (Wire) - " + News },
        { News, "Breaking: kettles are dangerous. " + News },
        { News, News + " via @wire" },
        { News, News + " " + Article + "?utm_source=feed" },
        { News, News[..140] + "…" },
        { News, News[..150] },
        { News, News.Replace("Acme", "Ａｃｍｅ", StringComparison.Ordinal).Replace("kettles", "ｋｅｔｔｌｅｓ", StringComparison.Ordinal) },
        { News, News.Replace('a', 'а').Replace('e', 'е') },
        { News, News.Replace(" ", "  ", StringComparison.Ordinal) + " #acme" },
        { News, News.Replace("several", "some", StringComparison.Ordinal) },
        { News, News.Replace("on Monday", "on Tuesday", StringComparison.Ordinal) },
        { News, News.Replace("but shops know nothing of it", "our reporter found", StringComparison.Ordinal) },
        { News, "\"" + News + "\" - so says Acme" },
        { News, News + " Read more on our page." },
        { News, News.Replace("40,000", "40.000", StringComparison.Ordinal) },
        { News, "Wow. " + News + " Unbelievable." },
        { GermanNews, GermanNews },
        { GermanNews, "Berlin (dpa) - " + GermanNews },
        { GermanNews, GermanNews.Replace("ü", "u", StringComparison.Ordinal) },
        { GermanNews, GermanNews[..160] + " ..." },
        { JapaneseNews, JapaneseNews },
        { JapaneseNews, "【速報】" + JapaneseNews },
        { "Acme recalls kettles after handles break off while pouring " + Article, "ACME RECALLS KETTLES AFTER HANDLES BREAK OFF WHILE POURING https://other.example/story/20261102/kettles" },
        { Rant, "RT @mia " + Rant.ToUpperInvariant() + " https://x.example/1" },
        { Rant, "RT @mia: " + Rant },
        { Rant, "MT @mia: " + Rant },
        { Short, "RT @mia: " + Short },
        { Long, Long },
        { Long, "RT @mia: " + Long },
        { Long, "\u201C" + Long + "\u201D" },
        { Long, Long + " #acme #fail" },
        { Long, "RT @mia: " + Long[..130] + "…" },
        { "Acme recalls kettles " + Article, "So much for quality, acme... " + Article + "?utm_source=x&fbclid=1" },
        { "acme is the worst https://x.com/i/status/1899999999999999999", "lol, acme again https://x.com/i/status/1899999999999999999" },
        { "acme kettles are dangerous https://pen.example/p/acme-recalls-its-kettles", "so much for acme https://pen.example/p/acme-recalls-its-kettles" },
        { "acme kettles are dangerous https://paper.example/wirtschaft/service/acme-ruft-kessel-zurueck", "so much for acme https://paper.example/wirtschaft/service/acme-ruft-kessel-zurueck" },
        { "acme kettles are dangerous https://paper.example/hilfe-zeit/acme-ruft-kessel-zurueck", "so much for acme https://paper.example/hilfe-zeit/acme-ruft-kessel-zurueck" },
        { "Acme recalls kettles " + Article, "http://www.news.example/2026/11/acme-recalls-kettles/#top acme kettle handles break" },
    };

    public static TheoryData<string, string> Apart => new()
    {
        { "Hello, my parcel has not arrived yet and nobody answers my mails, please help me @acme with order 41122", "Hello, my parcel has not arrived yet and nobody answers my mails, please help me @acme with order 97735" },
        { Short, Short },
        { Short, "@acme my order has not arrived yet, please help!" },
        { Short, "My order has not arrived yet, please help me @acme" },
        { "@acme where is my parcel? it has been two weeks", "@acme where is my parcel? it has been two weeks" },
        { "Acme charged me twice, I want my money back", "Acme charged me twice, I want my money back" },
        { "acme app crashes when I log in", "acme app crashes when I log in" },
        { Rant, "Acme hotline: 2 hours of waiting music and then nobody could help me" },
        { Rant, "3 hours in the acme queue, they hang up on me" },
        { Long, "I ordered a washing machine from Acme two weeks ago, paid in full, and it came with a dent. The hotline says that I must send it back at my own cost." },
        { Long, "I ordered a sofa from Acme six weeks ago, paid in full, and each time I call the hotline somebody promises that they will call me back. Nobody does." },
        { Long, Long[..90] },
        { News, "My Acme kettle's handle broke off while pouring and burnt my hand, and the shop knows nothing of any recall!" },
        { News, "Acme has recalled 12,000 toasters after a fire in Leeds. Buyers should unplug them and ask for a new one." },
        { News, "Acme has opened forty new shops after a good year. The company said on Monday that it will hire two thousand people in the north." },
        { News, "Is my kettle one of the 40,000 that Acme recalled? It broke last week" },
        { News, "Acme said on Monday that buyers get their money back. I asked twice and got nothing." },
        { GermanNews, "Mein Wasserkocher von Acme ist beim Eingießen zerbrochen, der Laden weiß von nichts, ich will mein Geld zurück" },
        { GermanNews, "Acme ruft 5.000 Toaster zurück, weil es in Leeds gebrannt hat. Käufer sollen sie nicht mehr benutzen." },
        { JapaneseNews, "アクメのやかんの取っ手が折れて手を火傷した。店は何も知らないと言う。" },
        { "My acme kettle is one of these " + Article, "I burnt my hand with this acme kettle " + Article },
        { "acme down again? https://acme.example/status", "acme is down https://acme.example/status" },
        { "acme support is useless https://acme.example/", "acme help page broken https://acme.example/" },
        { "acme kettle dead after two weeks, support useless https://acme.example/products/kettle-pro-14", "acme kettle melts, nobody answers https://acme.example/products/kettle-pro-14" },
        { "acme app logs everybody out https://acme.example/help/en/known-app-problems", "acme app is gone after the update https://acme.example/help/en/known-app-problems" },
        { "acme app logs everybody out https://acme.example/en-us/support/known-app-problems-14", "acme app is gone after the update https://acme.example/en-us/support/known-app-problems-14" },
        { "acme erstattet seit Wochen nichts https://acme.example/hilfe/erstattung-dauert-zu-lange", "acme Erstattung kommt nicht https://acme.example/hilfe/erstattung-dauert-zu-lange" },
        { "acme no devuelve el dinero https://acme.example/es/ayuda/el-reembolso-no-llega", "acme sin reembolso desde junio https://acme.example/es/ayuda/el-reembolso-no-llega" },
        { "acme app logs everybody out https://support.acme.example/hc/en-us/articles/360012345-login", "acme app is gone after the update https://support.acme.example/hc/en-us/articles/360012345-login" },
        { "acme kettle dead after two weeks, useless https://shop.acme.example/kitchen/kettle-pro-14", "acme kettle melts, nobody answers https://shop.acme.example/kitchen/kettle-pro-14" },
        { "Llevo tres semanas con el hervidor de acme roto y nadie responde " + Article, "Hervidor de acme roto, espero el reembolso " + Article },
        { "жду возврата от acme третью неделю " + Article, "купил чайник acme, сломался " + Article },
        { "acme kettles recalled " + Article, "acme toasters burn https://news.example/2026/11/acme-toasters-burn" },
        { "Acme lost my parcel", "Acme lost my suitcase" },
        { "acme: package delivered to the wrong house, again", "acme: package delivered to the wrong house!" },
        { "Thanks for nothing Acme, worst support ever", "Thanks for nothing Acme, worst support ever" },
        { "Acme internet down in Leeds", "Acme internet down in York" },
        { "Acme broke my lamp and nobody answers", "acme broke my heart and nobody answers" },
        { "still no refund from acme after 3 weeks", "still no refund from acme after 5 weeks" },
        { "@acme order 4711 is missing a part", "@acme order 4712 is missing a part" },
        { "acme delivery is late again, parcel never arrived, nobody answers, order 26", "acme delivery is late again, parcel never arrived, nobody answers, order 30" },
        { "acme delivery is late again, parcel never arrived, nobody answers", "acme delivery is late again, parcel never arrived, nobody answers" },
        { "acme order 55123: paid in full, never delivered, no answer to mails, no answer on the phone, no refund, worst service ever seen anywhere", "acme order 55177: paid in full, never delivered, no answer to mails, no answer on the phone, no refund, worst service ever seen anywhere" },
        { "アクメの配達がまた遅れて、誰も電話に出ない", "アクメの配達がまた遅れて、誰も電話に出ない" },
        { "acme ne répond pas à mes messages depuis lundi", "acme ne répond pas à mes messages depuis mardi" },
    };

    private readonly TempStore _temp = new();
    private DateTimeOffset _now = ManualClock.Start;

    [Theory]
    [MemberData(nameof(Copied))]
    public async Task Copies_gather_on_one_case(string first, string second)
    {
        await HearAsync(Post("1", first, "mia"));
        await HearAsync(Post("2", second, "ben"));

        Assert.Equal(2, (await _temp.ReadAsync(view => view.MentionsOfCase(1))).Count);
        Assert.Equal(2, (await CaseAsync(1)).Voices);
    }

    [Theory]
    [MemberData(nameof(Apart))]
    public async Task What_is_no_copy_stands_alone(string first, string second)
    {
        await HearAsync(Post("1", first, "mia"));
        await HearAsync(Post("2", second, "ben"));

        Assert.NotNull(await _temp.ReadAsync(view => view.CaseOf(2)));
    }

    [Fact]
    public async Task Who_says_a_short_sentence_on_two_networks_under_one_name_has_one_case()
    {
        await HearAsync(Post("1", Short, "mia"));
        await HearAsync(Post("did:plc:1/1", Short, "did:plc:1") with { Key = new PostKey("bluesky", "did:plc:1/1"), Author = new Author { Id = "did:plc:1", Handle = "mia.bsky.social" } });

        Assert.Equal(2, (await CaseAsync(1)).Voices);
    }

    [Fact]
    public async Task A_repost_is_a_voice_and_never_the_customers_own_word()
    {
        var original = Post("1", Short, "mia");
        await HearAsync(original);
        await HappenAsync(new Claimed(new Responder("discord:1", "Ana")), new Resolved(new Responder("discord:1", "Ana"), Outcome.Solved));
        await HearAsync(Post("2", Short, "ben") with { RepostOf = original.Key }, Post("3", Short, "mia") with { RepostOf = original.Key }, Post("4", "RT @mia: " + Short, "eve"));

        var @case = await CaseAsync(1);
        Assert.Equal((CaseState.Resolved, Happiness.Silent, 4), (@case.State, @case.Happiness, @case.Voices));
        Assert.Null(await _temp.ReadAsync(view => view.CaseOf(2)));
    }

    /// <summary>Nobody looks at an ended case: what a stranger says there in the same words, nobody would ever see.</summary>
    [Theory]
    [InlineData(Long, Long, Long + " #acme #fail")]
    [InlineData(News, "BERLIN (Wire) - " + News, News + " via @wire")]
    [InlineData("Acme recalls kettles " + Article, "So much for quality, acme... " + Article, "acme kettle handles break " + Article)]
    public async Task What_another_says_in_the_words_of_an_ended_case_is_a_case_which_further_copies_join(string first, string second, string third)
    {
        await HearAsync(Post("1", first, "mia"));
        await HappenAsync(new Claimed(new Responder("discord:1", "Ana")), new Resolved(new Responder("discord:1", "Ana"), Outcome.Solved));
        await HearAsync(Post("2", second, "ben"));
        await HearAsync(Post("3", third, "eve"));

        Assert.Equal((2L, CaseState.Resolved, 1), ((await _temp.ReadAsync(view => view.Totals())).Cases, (await CaseAsync(1)).State, (await CaseAsync(1)).Voices));
        Assert.Equal((CaseState.Unclaimed, 2), ((await CaseAsync(2)).State, (await CaseAsync(2)).Voices));
    }

    [Fact]
    public async Task A_letter_takes_no_words_away_from_a_public_case_that_has_ended()
    {
        await HearAsync(Post("1", Long, "mia"));
        await HappenAsync(new Claimed(new Responder("discord:1", "Ana")), new Resolved(new Responder("discord:1", "Ana"), Outcome.Solved));
        await HearAsync(Post("2", Long, "ben") with { Private = true });
        await HearAsync(Post("3", Long, "eve"));

        Assert.Equal(3, (await _temp.ReadAsync(view => view.Totals())).Cases);
        Assert.False((await CaseAsync(3)).Private);
    }

    /// <summary>Three customers quote one post of ours: what each of them says of it is their own trouble.</summary>
    [Theory]
    [InlineData("x:acmebikes", "https://x.com/AcmeBikes/status/1899999999999999999", "https://x.com/i/status/1899999999999999999")]
    [InlineData("@acmebikes", "https://twitter.com/acmebikes/status/1899999999999999999/photo/1", "https://x.com/i/status/1899999999999999999")]
    [InlineData("mastodon:acme@social.example", "https://social.example/@acme/113000000000000001", null)]
    [InlineData("acme@brand.example", "https://social.example/@acme@brand.example/113000000000000001", null)]
    [InlineData("*@brand.example", "https://brand.example/users/acme/statuses/113000000000000001", null)]
    [InlineData("bluesky:did:plc:2x4acme8000", "https://sky.example/profile/did:plc:2x4acme8000/post/3kacme222y2c", null)]
    public async Task Who_quotes_our_own_post_has_a_case_of_their_own(string ours, string quoted, string? alsoCalled)
    {
        string[] links = alsoCalled is null ? [quoted] : [quoted, alsoCalled];
        var policy = Policy.Default with { Ours = new Ours([ours]) };
        await HearAsync(policy, Post("1", "acme login fails every time", "mia") with { Links = links });
        await HearAsync(policy, Post("2", "acme phone caught fire yesterday while charging", "ben") with { Links = links });

        Assert.Equal((2L, 1), await _temp.ReadAsync(view => (view.Totals().Cases, view.CaseOf(1)!.Voices)));
    }

    [Theory]
    [InlineData("https://x.com/mia/status/1899999999999999999")]
    [InlineData("https://social.example/@mia/113000000000000001")]
    [InlineData("https://news.example/acmebikes/2026/acme-recalls-kettles")]
    public async Task Quotes_of_what_somebody_else_said_gather(string quoted)
    {
        var policy = Policy.Default with { Ours = new Ours(["@acmebikes", "*@acme.example"]) };
        await HearAsync(policy, Post("1", "acme is the worst", "eve") with { Links = [quoted] });
        await HearAsync(policy, Post("2", "lol, acme again", "ben") with { Links = [quoted] });

        Assert.Equal((1L, 2), await _temp.ReadAsync(view => (view.Totals().Cases, view.CaseOf(1)!.Voices)));
    }

    /// <summary>A form's few words, or a template that a consumers' magazine offers: each wants their own money back.</summary>
    [Theory]
    [InlineData("Parcel marked as delivered but never received. Refund requested.")]
    [InlineData(Long)]
    [InlineData(GermanNews)]
    public async Task Two_customers_who_write_us_the_same_letter_have_two_cases(string text)
    {
        await HearAsync(Letter("mail:inbox", "1", text, "ann@mail.example"));
        await HearAsync(Letter("mail:inbox", "2", text, "bob@mail.example"));
        await HearAsync(Letter("mail:inbox", "3", text, "ann@home.example"));
        await HearAsync(Post("4", text, "eve"));

        Assert.Equal((4L, 1), await _temp.ReadAsync(view => (view.Totals().Cases, view.CaseOf(1)!.Voices)));
        bool[] isPrivate = [(await CaseAsync(1)).Private, (await CaseAsync(2)).Private, (await CaseAsync(3)).Private, (await CaseAsync(4)).Private];
        Assert.Equal([true, true, true, false], isPrivate);
    }

    [Fact]
    public async Task Who_writes_one_letter_to_two_inboxes_and_says_it_in_public_too_has_one_case()
    {
        await HearAsync(Letter("mail:inbox", "1", Long, "mia@mail.example"));
        await HearAsync(Letter("mail:sales", "1", Long, "mia@mail.example"));
        await HearAsync(Post("1", Long, "mia"));

        Assert.Equal((1L, 3), await _temp.ReadAsync(view => (view.Totals().Cases, view.CaseOf(1)!.Voices)));
    }

    [Fact]
    public async Task Copies_of_what_is_said_in_public_find_each_other_though_somebody_wrote_it_to_us_alone()
    {
        const string text = "Acme hotline: three hours of waiting music, afterwards everyone who complains about broken kettles hears nothing whatsoever";
        await HearAsync(Letter("mail:inbox", "1", text, "ann@mail.example"));
        await HearAsync(Post("2", text, "ben"));
        await HearAsync(Post("3", text, "eve"));

        Assert.Equal((2L, 2), await _temp.ReadAsync(view => (view.Totals().Cases, view.CaseOf(2)!.Voices)));
    }

    [Fact]
    public async Task A_repost_joins_what_it_repeats_though_who_reposts_has_a_case_of_their_own()
    {
        var original = Post("1", Short, "mia");
        await HearAsync(original, Post("2", Rant, "ben"), Post("3", Short, "ben") with { RepostOf = original.Key });

        Assert.Equal(1L, await _temp.ReadAsync(view => view.MentionOf(new PostKey("replay:posts", "3"))!.CaseId));
    }

    [Fact]
    public async Task A_repost_of_what_is_known_to_be_no_complaint_opens_nothing()
    {
        var dismissed = Post("1", Rant, "mia");
        await HearAsync(dismissed);
        await HappenAsync(new Dismissed(new Responder("discord:1", "Ana")));
        await HearAsync(Post("2", Rant, "ben") with { RepostOf = dismissed.Key });

        Assert.Equal(1L, await _temp.ReadAsync(view => view.Totals().Cases));
        Assert.Equal(1L, await _temp.ReadAsync(view => view.Totals().Mentions));
    }

    [Fact]
    public async Task Reposts_of_an_unknown_original_are_one_case_which_is_its_authors_once_that_is_heard()
    {
        var original = Post("1", Rant, "mia");
        await HearAsync(Post("2", Rant, "ben") with { RepostOf = original.Key }, Post("3", Rant, "eve") with { RepostOf = original.Key });
        Assert.Equal((1L, 2), await _temp.ReadAsync(view => (view.Totals().Cases, view.CaseOf(1)!.Voices)));
        Assert.Null((await CaseAsync(1)).Customer);

        await HearAsync(original);
        await HearAsync(Post("4", "acme lost my parcel too", "ben"));
        await HearAsync(Post("5", "and now acme has charged me twice for it", "mia"));

        Assert.Equal((2L, 4), await _temp.ReadAsync(view => (view.Totals().Cases, view.CaseOf(1)!.Voices)));
        Assert.Equal(2L, await _temp.ReadAsync(view => view.MentionOf(new PostKey("replay:posts", "4"))!.CaseId));
    }

    [Fact]
    public async Task A_thousand_copies_in_a_minute_are_one_case_and_few_edits_of_its_card()
    {
        await HearAsync(Post("0", News, "wire"));
        var edits = await ShowAsync();
        for (var i = 1; i <= 1000; i++)
        {
            _now = ManualClock.Start + TimeSpan.FromMilliseconds(60 * i);
            await HearAsync(Post($"{i}", (i % 3) switch { 0 => "RT @wire: ", 1 => "Town Post: ", _ => "" } + News + $" https://copy{i}.example/", $"reader{i}"));
            edits += await ShowAsync();
        }

        Assert.Equal((1L, 1001), await _temp.ReadAsync(view => (view.Totals().Cases, view.CaseOf(1)!.Voices)));
        Assert.InRange(edits, 2, 14);
        _now += TimeSpan.FromSeconds(6);
        await ShowAsync();
        var card = CardWriter.Write(await CaseAsync(1), new CaseFacts((await _temp.ReadAsync(view => view.MentionOf(1)))!), new CardKey("case:1", "care"));
        Assert.Equal(1001, card.Voices);
    }

    [Fact]
    public async Task The_thread_of_whoever_works_on_it_is_edited_as_seldom()
    {
        await HearAsync(Post("0", News, "wire"));
        await HappenAsync(new Claimed(new Responder("discord:1", "Ana")));
        await ShowAsync();
        var edits = 0;
        for (var i = 1; i <= 100; i++)
        {
            _now = ManualClock.Start + TimeSpan.FromMilliseconds(60 * i);
            await HearAsync(Post($"{i}", News, $"reader{i}"));
            edits += await ShowAsync();
        }

        Assert.InRange(edits, 1, 4);
    }

    [Fact]
    public async Task A_copy_that_makes_it_more_urgent_is_shown_at_once()
    {
        await HearAsync(Post("1", News, "wire"));
        await ShowAsync();
        await _temp.WriteAsync(tx => Recorder.Record(tx, Harvest(new Heard(ChangeKind.Added, Post("2", News, "ben"), [Some.Watch()], Some.Assessment(priority: Core.Scoring.Priority.Critical), ByUs: false)), Policy.Default, _now));

        Assert.Equal(1, await ShowAsync());
    }

    /// <summary>As the keeper does: what is wanted now is shown. How many cards.</summary>
    private Task<int> ShowAsync() => _temp.WriteAsync(tx =>
    {
        var work = tx.CardsToShow("care", _now, 10);
        foreach (var card in work)
        {
            tx.CardShown(card.Key, card.Wanted, new MessageRef("m"), _now);
        }
        return work.Count;
    });

    private Task HappenAsync(params CaseEvent[] events) => _temp.WriteAsync(tx =>
    {
        foreach (var happened in events)
        {
            Assert.IsType<Transition.Changed>(new CaseWriter(tx, _now, Policy.Default).Happen(tx.CaseOf(1)!, happened));
        }
    });

    private async Task<Case> CaseAsync(long id) => (await _temp.ReadAsync(view => view.CaseOf(id)))!;

    private static Post Post(string id, string text, string by) => Some.Post(text, id) with { Author = new Author { Id = by, Handle = by } };

    private static Post Letter(string ns, string id, string text, string by) => Post(id, text, by) with { Key = new PostKey(ns, id), Private = true };

    private Task HearAsync(params Post[] posts) => HearAsync(Policy.Default, posts);

    private Task HearAsync(Policy policy, params Post[] posts) =>
        _temp.WriteAsync(tx => Recorder.Record(tx, Harvest([.. posts.Select(post => new Heard(ChangeKind.Added, post, [Some.Watch()], Some.Assessment(), ByUs: false))]), policy, _now));

    private static Harvest Harvest(params Heard[] heard) => new("posts", null, false, null, heard, [], [], heard.Length);

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
