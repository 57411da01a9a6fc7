using System.Text.Json;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Notifiers.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Notifiers.Discord;

public sealed class RenderingTests
{
    private const string Hostile = "**@everyone** <@123> [Acme](https://evil.example) https://evil.example\n# big\n> - `x` ||y|| <t:1:R> :smile: \u202eabc";

    [Theory]
    [InlineData("plain")]
    [InlineData("a very long quote that goes on and on about all the trouble with parcels, refunds and the hotline that nobody ever answers, for weeks")]
    [InlineData(Hostile)]
    [InlineData("漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字")]
    public void An_unclaimed_card_takes_at_most_six_lines_of_a_phone(string text)
    {
        foreach (var voices in (int[])[1, 7])
        {
            foreach (var answered in (string?[])[null, text])
            {
                foreach (var beside in (string?[])[null, text])
                {
                    var card = Card() with { Quote = text, Who = text, Where = text, Reason = text, NextStep = text, Voices = voices, AnsweredBy = answered, AnsweredAt = ManualClock.Start };

                    Assert.InRange(Lines(Rendering.Of(card with { LateBecause = beside, History = beside, State = CaseState.Shown })), 4, 6);
                    Assert.InRange(Lines(Rendering.Of(card with { LateBecause = beside, HeardBy = text })), 4, 6);
                    Assert.InRange(Lines(Rendering.Of(card with { NextStep = "Claim", Quote = "Dead", HeardBy = text })), 4, 6);
                    Assert.InRange(Lines(Rendering.Of(card with { History = beside, SnoozedUntil = beside is null ? null : ManualClock.Start })), 4, 6);
                }
            }
        }
    }

    [Fact]
    public void A_short_quote_leaves_its_line_to_a_long_next_step()
    {
        var words = Words(Rendering.Of(Card() with { Quote = "Dead again", NextStep = "The post was deleted: close it, or write if you know them" }));

        Assert.Contains("write if you know them", words);
    }

    [Fact]
    public void Where_a_line_is_left_it_says_quietly_which_watch_heard_it()
    {
        Assert.EndsWith("\n→ Claim and answer at once\nheard by acme: acme, down", Words(Rendering.Of(Card() with { HeardBy = "acme: acme, down" })).Replace("*", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("heard by", Words(Rendering.Of(Card() with { HeardBy = "acme: acme", Quote = new string('q', 30) + " " + new string('r', 30), NextStep = new string('s', 40) + " " + new string('t', 30) })), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unclaimed_card_says_what_matters_in_order()
    {
        var body = Rendering.Of(Card());

        Assert.Equal($"🔴 **Critical** · <t:{ManualClock.Start.ToUnixTimeSeconds()}:R> · #12", body.Content);
        Assert.Equal("Mia Lang (@mia) · bluesky\nMy laptop died\nsays \"died\"\n→ Claim and answer at once", Words(body));
        Assert.Equal(["Claim", "Not a complaint", "More"], Labels(body));
        Assert.Equal(["Claim:12", "NotAComplaint:12", "More:12"], Parts(body).Select(part => part.CustomId));
        Assert.Equal([1, 2, 2], Parts(body).Select(part => part.Style));
    }

    [Fact]
    public void No_words_of_a_customer_change_the_shape_of_a_card()
    {
        foreach (var state in Enum.GetValues<CaseState>())
        {
            var plain = Card() with { State = state, Owner = "Jo", AnsweredBy = "acme", Voices = 3 };
            var hostile = plain with { Who = Hostile, Where = Hostile, Quote = Hostile, Reason = Hostile, NextStep = Hostile, Owner = Hostile, ClosedBy = Hostile, AnsweredBy = Hostile };

            Assert.Equal(Shape(Rendering.Of(plain with { ClosedBy = "Jo" })), Shape(Rendering.Of(hostile)));
            Assert.DoesNotContain("@everyone", Sent(Rendering.Of(hostile)));
            Assert.DoesNotContain("<@123>", Sent(Rendering.Of(hostile)));
        }
        var tray = Tray();
        Assert.Equal(Shape(Rendering.Of(tray)), Shape(Rendering.Of(tray with { Team = Hostile, Entries = [.. tray.Entries.Select(entry => entry with { Who = Hostile, Where = Hostile, Quote = Hostile, Verdict = entry.Verdict is null ? null : Hostile })] })));
    }

    [Fact]
    public void A_free_card_says_in_one_line_what_else_matters()
    {
        Assert.Contains("\nlate: bluesky was not heard from…\n", Words(Rendering.Of(Card() with { LateBecause = "bluesky was not heard from 10:00 to 10:20 (connection lost)" })));
        Assert.Contains("\n2nd case in 30 days\n", Words(Rendering.Of(Card() with { History = "2nd case in 30 days" })));
        Assert.Contains("\n7 posts · 2nd case in 30 days\n", Words(Rendering.Of(Card() with { Voices = 7, History = "2nd case in 30 days" })));
        Assert.Contains("\nput off · late: blue… · 2nd case…\n", Words(Rendering.Of(Card() with { SnoozedUntil = ManualClock.Start, LateBecause = "bluesky was not heard", History = "2nd case in 30 days" })));
    }

    [Fact]
    public void A_held_card_says_how_it_stands_in_full()
    {
        var due = ManualClock.Start.AddDays(1);
        var words = Words(Rendering.Of(Card() with
        {
            State = CaseState.Waiting,
            Owner = "Jo",
            HandOvers = 2,
            LateBecause = "bluesky was not heard",
            History = "2nd case in 30 days",
            Wants = "a refund",
            PromiseDue = due,
            Promise = "we call",
            SnoozedUntil = due,
            TheirWords = "No word from them yet",
            NextStep = "It is their turn",
        }));

        Assert.Equal(
            "Mia Lang (@mia) · bluesky\nMy laptop died\nLate because bluesky was not heard\nKnown: 2nd case in 30 days\nWants a refund\n🙋 Jo has it · waits for the customer · handed over 2 times\n"
            + "🤝 Promised  (): we call\n💤 Put off until \n💬 No word from them yet\n→ It is their turn",
            words);
    }

    [Theory]
    [InlineData(CaseState.Resolved, Happiness.Silent, "⚪ Resolved")]
    [InlineData(CaseState.FollowedUp, Happiness.AngryAgain, "⚪ Followed up")]
    [InlineData(CaseState.Closed, Happiness.Silent, "⚪ Closed")]
    [InlineData(CaseState.Closed, Happiness.Happy, "💚 **Happy by them**")]
    public void Only_their_own_words_make_a_card_green(CaseState state, Happiness happiness, string headline)
    {
        var body = Rendering.Of(Card() with { State = state, Happiness = happiness, Outcome = Outcome.Solved, ClosedBy = "Jo", TheirWords = "what they say" });

        Assert.StartsWith(headline, body.Content, StringComparison.Ordinal);
        Assert.EndsWith(" · #12", body.Content, StringComparison.Ordinal);
        Assert.Equal(happiness == Happiness.Happy ? Rendering.Green : Rendering.Grey, body.Embeds![0].Color);
        Assert.Contains("✅ Solved · says Jo\n💬 what they say", Words(body));
    }

    /// <summary>Discord refuses a message with a button to a host without a dot: the company's own tracker has such an address.</summary>
    [Theory]
    [InlineData("http://crm/ticket/7")]
    [InlineData("http://[fd00::7]/ticket/7")]
    public void An_address_that_no_button_may_have_stands_in_the_claimed_card_as_text(string address)
    {
        var held = Card() with { State = CaseState.Claimed, Owner = "Jo", Url = address, Buttons = [new("Open post", null, address), new("Resolve", new PressTarget(PressAction.Resolve, 12))] };

        Assert.Equal(["Resolve"], Labels(Rendering.Of(held)));
        Assert.Contains($"\n↗ {address}\n", Words(Rendering.Of(held)));

        var open = Rendering.Of(held with { Url = "https://social.example/1", Buttons = [new("Open post", null, "https://social.example/1")] });
        Assert.Equal(["Open post"], Labels(open));
        Assert.DoesNotContain("↗", Words(open), StringComparison.Ordinal);
    }

    [Fact]
    public void A_merged_card_says_where_it_went_on_and_a_private_one_that_it_is_masked()
    {
        Assert.EndsWith("↪ Goes on as case 34", Words(Rendering.Of(Card() with { State = CaseState.Closed, MergedInto = 34 })), StringComparison.Ordinal);
        Assert.StartsWith("🔴 **Critical** 🔒", Rendering.Of(Card() with { Private = true }).Content, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thread_has_its_first_draft_where_a_phone_can_copy_it_word_for_word()
    {
        var body = Rendering.Of(Dossier(new Section("What they want", ["ask"]), new Section("Reply draft", ["Hello *Mia*,\n\nmail us: care@acme.example"], SectionLook.Copy), new Section("For a leader", ["Hi [you]"], SectionLook.Copy)));

        Assert.Equal("```\nHello *Mia*,\n\nmail us: care@acme.example\n```", body.Content);
        Assert.Equal("Case 12\n\nWhat they want\nask\n\nReply draft\nAbove, ready to be copied: hold the message, then copy its text.\n\nFor a leader\nHi [you]", Words(body).Replace("\n\n\n", "\n\n", StringComparison.Ordinal));
    }

    [Fact]
    public void In_a_thread_what_weighs_least_is_cut_first_and_named()
    {
        var sections = Enumerable.Range(1, 9).Select(i => new Section($"Part {i}", [.. Enumerable.Repeat("some words of this part, about eighty letters long so that they fill up the room", 15)], SectionLook.List)).ToArray();

        var body = Rendering.Of(Dossier(sections));
        var words = string.Join('\n', body.Embeds!.Select(embed => DiscordMarkdown.WordsOf(DiscordMarkdown.Read(embed.Description!))));

        Assert.Equal(2, body.Embeds!.Count);
        Assert.NotNull(body.Embeds[0].Url);
        Assert.Null(body.Embeds[1].Url);
        Assert.Contains("Part 4\n", words);
        Assert.Matches(@"Left out for want of room: \d+ more of “Part 5”, Part 6, Part 7, Part 8, Part 9$", words);
        Assert.InRange(body.Embeds.Sum(embed => embed.Description!.Length), 5000, 6000);
    }

    [Fact]
    public void A_draft_too_long_for_one_message_is_left_out_as_a_whole()
    {
        var body = Rendering.Of(Dossier(new Section("Reply draft", [string.Concat(Enumerable.Repeat("word ", 2000))], SectionLook.Copy)));

        Assert.Equal("", body.Content);
        Assert.Contains("Left out for want of room: Reply draft", Words(body));
    }

    [Fact]
    public void Addresses_in_a_list_of_ours_can_be_opened_and_others_not()
    {
        var body = Rendering.Of(Dossier(new Section("Ways", ["profile: https://social.example/mia (from bluesky)", "@mia: https://evil.example", "see https://evil.example"], SectionLook.List)));

        Assert.Equal("bold(text) break break bold(text) break item(text link(text) text) break item(text) break item(text)", Shape(body));
        Assert.Contains("profile: ↗ social.example (from bluesky)", Words(body));
    }

    [Fact]
    public void A_group_shows_how_many_and_offers_twenty_five_and_the_next()
    {
        var group = new GroupCard
        {
            Key = new CardKey("group:4", "care"),
            Version = 3,
            Team = "care",
            Aspect = "delivery",
            Since = ManualClock.Start,
            Cases = 2000,
            Unclaimed = 1953,
            Highest = Priority.High,
            Top = [new GroupEntry(101, Priority.High, "Mia Lang", "lost again", ManualClock.Start)],
            Choices = [.. Enumerable.Range(1, 30).Select(i => new CardButton($"case {i}", new PressTarget(PressAction.Take, 4, $"{i}")))],
            Buttons = [new("Take the most urgent", new PressTarget(PressAction.Take, 4), Main: true)],
        };
        var body = Rendering.Of(group);

        Assert.Equal("🟠 **2,000 cases** · delivery", body.Content);
        Assert.Equal("care · 1,953 without an owner or an answer\nsince  · up to high\n\n🟠 101 ·  · Mia Lang\nlost again", Words(body));
        Assert.Equal(25, Parts(body)[0].Options!.Count);
        Assert.Equal("Take:4:1", Parts(body)[0].Options![0].Value);
        Assert.Equal("Take:4", Parts(body)[1].CustomId);
        Assert.Equal(("⚪", Rendering.Grey), (Rendering.Of(group with { Unclaimed = 0, Choices = [], Buttons = [] }).Content![..1], Rendering.Of(group with { Unclaimed = 0 }).Embeds![0].Color));
        Assert.Empty(Rendering.Of(group with { Choices = [], Buttons = [] }).Components!);
        var first = Rendering.Of(group with { Cases = 1, Unclaimed = 1 });
        Assert.Equal("🟠 **1 case** · delivery", first.Content);
        Assert.StartsWith("care · nobody has it yet; further ones join here\n", Words(first), StringComparison.Ordinal);
    }

    [Fact]
    public void A_digest_shows_its_chart_below_its_figures()
    {
        var digest = new DigestCard { Key = new CardKey("digest:1", "care"), Version = 1, Title = "care, 2 Nov", Sections = [new Section("What came", ["412 posts"], SectionLook.List)], Chart = new Picture("digest.png", "bars", [1]) };

        Assert.Equal("attachment://digest.png", Rendering.Of(digest).Embeds![^1].Image!.Url);
        Assert.Equal("care, 2 Nov\n\nWhat came\n412 posts", Words(Rendering.Of(digest)));
        Assert.Null(Rendering.Of(digest with { Chart = null }).Embeds![^1].Image);
    }

    [Fact]
    public void A_claimed_card_shows_its_owner_and_where_to_go()
    {
        var body = Rendering.Of(Card() with
        {
            State = CaseState.Claimed,
            Owner = "Jo",
            Buttons = [new("Open post", null, "https://social.example/1"), new("Resolve", new PressTarget(PressAction.Resolve, 12), Main: true)],
        });

        Assert.Contains("Jo has it", Words(body));
        Assert.Equal(["Open post", "Resolve"], Labels(body));
        Assert.Equal("https://social.example/1", Parts(body)[0].Url);
        Assert.Equal(5, Parts(body)[0].Style);
    }

    [Fact]
    public void A_closed_card_is_grey_and_says_how_it_ended()
    {
        var body = Rendering.Of(Card() with { State = CaseState.Closed, Outcome = Outcome.Unreachable, ClosedBy = "Jo", Buttons = [] });

        Assert.Equal(Rendering.Grey, body.Embeds![0].Color);
        Assert.Contains("Unreachable · Jo", Words(body));
        Assert.Empty(body.Components!);
    }

    [Fact]
    public void A_deleted_post_is_shown_as_such_without_its_words()
    {
        var body = Rendering.Of(Card() with { Deleted = true, Quote = "secret" });

        Assert.Contains("deleted by its author", Words(body));
        Assert.DoesNotContain("secret", Sent(body));
    }

    [Fact]
    public void More_voices_and_our_own_answer_are_shown()
    {
        var words = Words(Rendering.Of(Card() with { Voices = 7, AnsweredBy = "@acme", AnsweredAt = ManualClock.Start }));

        Assert.Contains("and 6 more like it", words);
        Assert.Contains("answered by @acme", words);
    }

    [Fact]
    public void A_tray_entry_has_two_buttons_until_it_is_decided()
    {
        var body = Rendering.Of(Tray());

        Assert.Equal(4, body.Components!.Count);
        Assert.Equal("TrayComplaint:1", Parts(body)[0].CustomId);
        Assert.Equal("TrayDismiss:1", Parts(body)[1].CustomId);
        Assert.DoesNotContain(Parts(body), part => part.CustomId!.EndsWith(":2", StringComparison.Ordinal));
        Assert.Contains("dismissed, by Jo", Words(body));
        Assert.Contains("[↗ social.example](<https://social.example/1>)", body.Embeds![0].Description);
    }

    [Theory]
    [InlineData("https://social.example/1", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://acme.example@evil.example/", false)]
    [InlineData("not an address", false)]
    [InlineData("https://a.example/(x)[y]<z>`*_~|\\", true)]
    public void Only_plain_web_addresses_become_links(string url, bool link)
    {
        var body = Rendering.Of(Card() with { Buttons = [new("Open post", null, url)] });

        Assert.Equal(link ? 1 : 0, Parts(body).Count);
        Assert.Equal(link, WebLink.Of(url) is { } shown && DiscordMarkdown.ShapeOf(DiscordMarkdown.Read(shown)) == "link(text)");
    }

    [Fact]
    public void A_link_shows_the_host_that_it_really_leads_to()
    {
        Assert.StartsWith("[↗ xn--", WebLink.Of("https://аcme.example/login"));
        Assert.Null(WebLink.Of("https://a.example/" + new string('x', 600)));
    }

    [Fact]
    public void What_a_silence_held_back_says_so_in_the_maybe_list_and_so_does_its_end()
    {
        var tray = Tray() with { Note = "Ended: silence 3 (watch acme, by Jo): works. It held back 17." };

        var words = Words(Rendering.Of(tray with { Entries = [tray.Entries[0] with { HeldBackBy = "silence 3 (watch acme, by Jo): works" }] }));

        Assert.Contains("is one of these a complaint?\nEnded: silence 3 (watch acme, by Jo): works. It held back 17.", words, StringComparison.Ordinal);
        Assert.EndsWith("silence 3 (watch acme, by Jo): works", words, StringComparison.Ordinal);
        Assert.Contains("nothing new", Words(Rendering.Of(tray with { Entries = [] })), StringComparison.Ordinal);
    }

    [Fact]
    public void The_greatest_card_stays_within_the_limits()
    {
        var much = string.Concat(Enumerable.Repeat("*_~|`<@[]#😀e\u0301\u0302\u0303" + string.Concat(Enumerable.Repeat("👩\u200d", 300)), 20));
        var tray = Tray() with { Team = much, Note = much, Entries = [.. Enumerable.Range(1, 5).Select(i => new TrayEntry(long.MaxValue - i, much, much, much, "https://a.example/" + new string('x', 480), ManualClock.Start, 0.4, null) { HeldBackBy = much })] };
        var notice = new NoticeCard { Key = new CardKey("notice:1", "ops"), Version = 1, Good = false, Text = much + "\n" + much, At = ManualClock.Start };

        foreach (var body in (MessageBody[])[Rendering.Of(tray), Rendering.Of(notice), Rendering.Of(Card() with { State = CaseState.Claimed, Quote = much, Who = much }), AnswerRendering.Plain(much)])
        {
            Assert.All(body.Embeds!, embed => Assert.InRange(embed.Description!.Length, 1, 4096));
            Assert.All(Parts(body), part => Assert.InRange(part.Label!.Length, 1, 80));
            Assert.All(Parts(body), part => Assert.InRange(part.CustomId!.Length, 1, 100));
        }
    }

    [Fact]
    public void A_nonce_is_short_and_stable_and_differs_by_card_and_room()
    {
        var key = new CardKey("case:12", "care");

        Assert.Equal(Nonce.Of(key, null), Nonce.Of(new CardKey("case:12", "care"), null));
        Assert.InRange(Nonce.Of(key, null).Length, 10, 25);
        Assert.Equal(4, new[] { Nonce.Of(key, null), Nonce.Of(key, "5"), Nonce.Of(key with { Room = "vip" }, null), Nonce.Of(key with { Subject = "case:1" }, null) }.Distinct().Count());
    }

    [Fact]
    public void A_mark_survives_room_names_of_any_kind()
    {
        var mark = new Mark(new CardKey("case:12", "Käse / 2 #x%?"), 7);
        var message = JsonSerializer.SerializeToElement(new { embeds = new[] { new { url = mark.ToString() } } });

        Assert.Equal(mark, Mark.In(message));
        Assert.Matches(@"^https://example\.com/listeningbot#[\w-]+\.[\w-]+\.7$", mark.ToString());
        Assert.Null(Mark.In(JsonSerializer.SerializeToElement(new { embeds = new[] { new { url = "https://example.com/" } } })));
    }

    private static CaseCard Card() => new()
    {
        Key = new CardKey("case:12", "care"),
        Version = 1,
        CaseId = 12,
        State = CaseState.Unclaimed,
        Priority = Priority.Critical,
        Posted = ManualClock.Start,
        Who = "Mia Lang (@mia)",
        Where = "bluesky",
        Quote = "My laptop died",
        Reason = "says \"died\"",
        NextStep = "Claim and answer at once",
        Buttons = [new("Claim", new PressTarget(PressAction.Claim, 12), Main: true), new("Not a complaint", new PressTarget(PressAction.NotAComplaint, 12)), new("More", new PressTarget(PressAction.More, 12))],
    };

    private static DossierCard Dossier(params Section[] sections) => new() { Key = new CardKey("thread:12", "care"), Version = 1, Under = new MessageRef("1/2"), Title = "Case 12", Sections = sections };

    private static TrayCard Tray() => new()
    {
        Key = new CardKey("tray:1", "care"),
        Version = 1,
        Team = "care",
        Day = new DateOnly(2026, 11, 2),
        Page = 1,
        Pages = 2,
        Entries = [.. Enumerable.Range(1, 5).Select(i => new TrayEntry(i, "Mia (@mia)", "bluesky", "hm, not great", $"https://social.example/{i}", ManualClock.Start, 0.4, i == 2 ? "dismissed, by Jo" : null))],
    };

    /// <summary>Lines as they break on a phone.</summary>
    private static int Lines(MessageBody body) => 1 + DiscordMarkdown.WordsOf(DiscordMarkdown.Read(body.Embeds![0].Description!)).Split('\n').Sum(line => Fitting.LinesOf(line, Fitting.PhoneLine));

    private static string Words(MessageBody body) => DiscordMarkdown.WordsOf(DiscordMarkdown.Read(body.Embeds![0].Description!));

    private static string Shape(MessageBody body) => DiscordMarkdown.ShapeOf(DiscordMarkdown.Read(body.Content + "\n\n" + body.Embeds![0].Description!));

    private static List<Component> Parts(MessageBody body) => [.. body.Components!.SelectMany(row => row.Components!)];

    private static IEnumerable<string?> Labels(MessageBody body) => Parts(body).Select(part => part.Label);

    private static string Sent(MessageBody body) => JsonSerializer.Serialize(body, PayloadJson.Default.MessageBody);
}
