using System.Reflection;
using System.Text;
using System.Text.Json;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>A person is forgotten: in rows, on cards, and in the bytes of the file.</summary>
public sealed class ErasureTests : IAsyncDisposable
{
    private const string Secret = "quetzalcoatlus";
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private static readonly Responder Anna = new("member:anna", "Anna");
    private readonly TempStore _temp = new();
    private int _cursor;

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task Of_their_case_stays_that_it_was_when_and_how_it_ended()
    {
        await WholeCaseAsync();

        await EraseAsync("@mia.zoologist");

        var (@case, events, mentions) = await _temp.ReadAsync(view => (view.CaseOf(1)!, view.EventsOf(1), view.MentionsOfCase(1)));
        Assert.Equal((CaseState.Closed, Outcome.WentBeyond, true), (@case.State, @case.Outcome, @case.Erased));
        Assert.Null(@case.Customer);
        Assert.Null(@case.Due);
        Assert.Equal(["opened", "card-shown", "claimed", "wants-known", "promised", "noted", "leader-brought", "handed-over", "answered-by-us", "resolved", "person-erased"], events.Select(Kind));
        Assert.Equal(Anna, ((Claimed)events[2].Event).By);
        Assert.All(mentions, mention => Assert.Equal(("", null, null, true), (mention.Post.Text, mention.Post.Author.Id, mention.Post.Url, mention.Deleted)));
        Assert.Equal(@case.State, Case.Replay(events.Select(e => (e.Event, e.At))).State);
        Assert.Empty(await _temp.ReadAsync(view => PersonFile.Find(view, "mia.zoologist")));
    }

    [Fact]
    public async Task Not_a_byte_of_it_is_left_in_the_files()
    {
        await WholeCaseAsync();
        for (var i = 0; i < 40; i++)
        {
            await RecordAsync(By("ben" + i, "acme broke the lamp number " + i + new string('x', 700), $"ben{i}"));
        }
        await _temp.WriteAsync(tx => { tx.AddSilence(new Silence(SilenceOf.Author, "@mia.zoologist", "she calls every day", Anna, Now, Now.AddDays(1))); });
        Assert.Contains(Secret, await BytesAsync(), StringComparison.Ordinal);

        await EraseAsync("@mia.zoologist");
        Assert.Null(StoreWipe.Run(_temp.Place).Left);

        var bytes = await BytesAsync();
        Assert.DoesNotContain(Secret, bytes, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("mia", bytes, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("lamp number 39", bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_shown_of_it_is_wanted_anew_and_what_was_said_beside_it_is_taken_back()
    {
        await WholeCaseAsync();
        await _temp.WriteAsync(tx =>
        {
            var maybe = Post("maybe", "acme " + Secret);
            var mention = Storage.SomeStored.Mention() with { Post = maybe };
            var page = tx.AddTrayPage("care", new DateOnly(2026, 11, 2), 1, 1, [tx.AddMention(mention)]);
            tx.AddToTray(page.Mentions[0], ["care"], 0.3, Now);
            tx.AddTrayPage("care", new DateOnly(2026, 11, 2), 2, 2, page.Mentions);
            foreach (var key in new[] { "thread:1", "tray:2", "case:1" }.Select(subject => new CardKey(subject, "care")))
            {
                tx.WantCard(key, version: 11, Priority.Normal, Now, Now);
                tx.CardShown(key, 11, new MessageRef("m" + key.Subject), Now);
            }
        });
        Assert.Empty(await _temp.ReadAsync(view => view.CardsToShow("care", Now, 9)));

        await EraseAsync("mia@zoologist.example");

        var wanted = await _temp.ReadAsync(view => view.CardsToShow("care", Now, 9).ToDictionary(card => card.Key.Subject, card => card.Wanted));
        var version = (await _temp.ReadAsync(view => view.CaseOf(1)))!.Version;
        Assert.Equal([("case:1", version), ("thread:1", version), ("tray:2", 12)], wanted.Select(card => (card.Key, card.Value)).Order());
        Assert.All(await _temp.ReadAsync(view => view.PingsToDo("care", Now, 9)), ping => Assert.Equal((true, ""), (ping.Withdraw, ping.Text)));
        var card = (CaseCard)(await _temp.ReadAsync(view => CardPages.Write(view, new CardKey("case:1", "care"), version, Policy.Default)))!;
        Assert.Equal(("someone", "", "Erased at the customer's wish"), (card.Who, card.Quote, card.NextStep));
        Assert.Empty(card.Buttons);
    }

    [Fact]
    public async Task Their_old_post_is_not_heard_again_and_a_new_one_is()
    {
        await WholeCaseAsync();
        await EraseAsync("@mia.zoologist");

        await RecordAsync(Post("1", "acme killed my " + Secret));
        Assert.Null(await _temp.ReadAsync(view => view.CaseOf(2)));

        await RecordAsync(Post("new", "acme, the worst shop ever, my money is gone"));
        var @case = (await _temp.ReadAsync(view => view.CaseOf(2)))!;
        Assert.Equal(CaseState.Unclaimed, @case.State);
        Assert.Empty(await _temp.ReadAsync(view => view.OtherCasesOf(@case)));
    }

    [Fact]
    public async Task Of_a_form_that_gives_all_its_letters_one_id_the_erased_are_not_heard_again_and_all_others_are()
    {
        Post Letter(Post post, int minute) => post with { Private = true, Key = post.Key with { Namespace = "mail:inbox" }, Posted = Now.AddMinutes(minute - 60).AddTicks(1234) };
        var first = Letter(Post("form", "acme killed my " + Secret), 1);
        var second = Letter(Post("form", "acme has killed the other one as well"), 2);
        var ben = Letter(By("ben", "acme broke my lamp", first.Key.Id), 3);
        foreach (var post in new[] { first, second, ben })
        {
            await RecordAsync(post);
        }
        await EraseAsync("@mia.zoologist");

        var zoe = Letter(By("zoe", "acme took the money twice", first.Key.Id), 4);
        foreach (var post in new[] { first, second, ben, zoe, zoe })
        {
            await RecordAsync(post);
        }

        var words = await _temp.ReadAsync(view => view.MentionsSince(DateTimeOffset.UnixEpoch).Select(mention => mention.Post.Text).ToList());
        Assert.Equal(["", "", ben.Text, zoe.Text], words);
    }

    /// <summary>What a sender gives again has the time of giving when it says none of its own.</summary>
    [Theory]
    [InlineData("form")]
    [InlineData("mail")]
    public async Task What_was_erased_and_is_delivered_again_with_another_time_stays_forgotten(string kind)
    {
        var form = Post("form", "acme killed my " + Secret) with { Private = true, Kind = kind, Posted = Now.AddHours(-1) };
        await RecordAsync(form);
        await EraseAsync("@mia.zoologist");
        await RecordAsync(form with { Posted = Now });

        Assert.Equal([""], await _temp.ReadAsync(view => view.MentionsSince(DateTimeOffset.UnixEpoch).Select(mention => mention.Post.Text).ToList()));
    }

    [Fact]
    public async Task Others_keep_their_words_without_the_persons_name()
    {
        await RecordAsync(By("ben", "acme broke my lamp, ask @mia.zoologist, she knows. @mia.zoologists is another", "b") with { Place = "below “@mia.zoologist and acme”" });
        await RecordAsync(Post("1", "acme killed my " + Secret) with { InReplyTo = By("ben", "", "b").Key });
        await HappenAsync(1, new Claimed(Anna));
        await HappenAsync(1, new Noted(Anna, "as mia@zoologist.example says", Now));
        await HappenAsync(1, new HandedOver(Anna, Anna with { Id = "member:zoe", Name = "Zoe" }, "ask @mia.zoologist"));
        await _temp.WriteAsync(tx =>
        {
            foreach (var ping in tx.PingsOf("case:1"))
            {
                tx.PingSent(ping.Id, new MessageRef($"p{ping.Id}"), Now);
            }
        });
        var told = Assert.Single(await _temp.ReadAsync(view => view.PingsOf("case:1")), ping => ping.Text.Contains("mia.zoologist", StringComparison.Ordinal));

        await EraseAsync("mia@zoologist.example");

        Assert.Contains("@[erased]", (await _temp.ReadAsync(view => view.PingsOf("case:1"))).Single(ping => ping.Id == told.Id).Text, StringComparison.Ordinal);
        Assert.True((await _temp.ReadAsync(view => view.PingsToDo("care", Now, 9))).Single(ping => ping.Id == told.Id).Withdraw);
        var (ben, note, @case) = await _temp.ReadAsync(view => (view.MentionOf(By("ben", "", "b").Key)!, view.EventsOf(1).Select(e => e.Event).OfType<Noted>().Single(), view.CaseOf(1)!));
        Assert.Equal("acme broke my lamp, ask @[erased], she knows. @mia.zoologists is another", ben.Post.Text);
        Assert.Equal("below “@[erased] and acme”", ben.Post.Place);
        Assert.Equal("as [erased] says", note.Text);
        Assert.Equal((CaseState.Claimed, false), (@case.State, @case.Erased));
        Assert.NotNull(@case.Due);
    }

    [Fact]
    public async Task Who_only_repeats_the_person_or_links_them_does_not_name_them_afterwards_and_no_key_does()
    {
        var theirs = Post("20261102", "acme killed my " + Secret);
        await RecordAsync(theirs);
        await RecordAsync(By("zoe", "acme took the money of Zoe twice", "z"));
        await RecordAsync(By("ben", theirs.Text, "b") with { RepostOf = theirs.Key, Url = theirs.Url, Links = [theirs.Url!] });
        await RecordAsync(By("kim", "acme killed my pet too", "k") with { Links = [theirs.Url!, "https://news.example/pets"] });
        await _temp.WriteAsync(tx => Assert.Null(new CaseWriter(tx, Now, Policy.Default).Merge(tx.CaseOf(1)!, tx.CaseOf(2)!, Anna)));
        Assert.Equal(2, await _temp.ReadAsync(view => view.CaseHolding("link social.example/mia.zoologist/20261102")));

        await EraseAsync("@mia.zoologist");

        var (ben, kim, dossier) = await _temp.ReadAsync(view => (view.MentionOf(By("ben", "", "b").Key)!.Post, view.MentionOf(By("kim", "", "k").Key)!.Post, Dossiers.Of(view, view.CaseOf(2)!, view.MentionOf(view.CaseOf(2)!.FirstMention)!, Policy.Default)));
        Assert.Equal(("erased", "ben", "", null, null), (ben.RepostOf!.Namespace, ben.Author.Id, ben.Text, ben.Url, ben.Links));
        Assert.Equal(("acme killed my pet too", "https://news.example/pets"), (kim.Text, Assert.Single(kim.Links!)));
        Assert.All(dossier.Mentions, mention => Assert.DoesNotContain(Secret, mention.Post.Text, StringComparison.Ordinal));
        Assert.All(dossier.Mentions, mention => Assert.DoesNotContain("mia", mention.Post.Url ?? "", StringComparison.Ordinal));
        Assert.Null(await _temp.ReadAsync(view => view.CaseHolding("link social.example/mia.zoologist/20261102")));
    }

    [Fact]
    public async Task What_others_answered_in_an_erased_case_is_heard_when_they_make_a_complaint_of_it()
    {
        var theirs = Post("1", "acme killed my " + Secret);
        var ben = By("ben", "that is sad, I hope they answer", "b") with { InReplyTo = theirs.Key };
        await RecordAsync(theirs);
        await RecordAsync(new Heard(ChangeKind.Added, ben, [Some.Watch()], Some.Assessment(0.1), ByUs: false));
        Assert.Equal(1, (await _temp.ReadAsync(view => view.MentionOf(ben.Key)))!.CaseId);
        await EraseAsync("@mia.zoologist");

        await RecordAsync(new Heard(ChangeKind.Edited, ben with { Text = "acme took my money twice and hangs up" }, [Some.Watch()], Some.Assessment(), ByUs: false));

        var (@case, heard, erased) = await _temp.ReadAsync(view => (view.CaseOf(2)!, view.MentionOf(ben.Key)!, view.CaseOf(1)!));
        Assert.Equal((CaseState.Unclaimed, heard.Id, 2L), (@case.State, @case.FirstMention, heard.CaseId));
        Assert.Equal("acme took my money twice and hangs up", heard.Post.Text);
        Assert.Equal((CaseState.Closed, true), (erased.State, erased.Erased));
    }

    [Fact]
    public async Task What_is_written_under_the_card_of_an_erased_case_is_not_kept_and_what_came_between_is_found_the_next_time()
    {
        await WholeCaseAsync();
        await EraseAsync("@mia.zoologist");

        var note = new ThreadNote("n1", new Responder("chat:1", "Anna"), [new MessageRef("m")], "her " + Secret + " was the last", Now);
        await _temp.WriteAsync(tx => PressDesk.Take(tx, note, Policy.Default, Now));
        Assert.DoesNotContain((await _temp.ReadAsync(view => view.EventsOf(1))).Select(happening => happening.Event).OfType<Noted>(), noted => noted.Text.Length > 0);

        await HappenAsync(1, new Noted(Anna, "mia@zoologist.example called", Now));
        await RecordAsync(Post("new", "acme, the worst shop ever, my money is gone"));
        await EraseAsync("@mia.zoologist");
        Assert.Equal("[erased] called", (await _temp.ReadAsync(view => view.EventsOf(1))).Select(happening => happening.Event).OfType<Noted>().Last().Text);
    }

    [Fact]
    public async Task Nobodys_open_complaint_is_closed_because_who_repeated_it_is_erased()
    {
        var original = By("ben", "acme broke my lamp and hangs up on me", "b");
        await RecordAsync(Post("1", original.Text) with { RepostOf = original.Key });
        await RecordAsync(original);
        await HappenAsync(1, new Claimed(Anna));
        await HappenAsync(1, new Noted(Anna, "she says her " + Secret + " is afraid", Now));
        Assert.Equal((1L, 1L), await _temp.ReadAsync(view => (view.MentionOf(original.Key)!.CaseId!.Value, view.CaseOf(1)!.FirstMention)));

        await EraseAsync("@mia.zoologist");

        var (@case, notes) = await _temp.ReadAsync(view => (view.CaseOf(1)!, view.EventsOf(1).Select(happening => happening.Event).OfType<Noted>().ToList()));
        Assert.Equal((CaseState.Claimed, false, Anna.Id), (@case.State, @case.Erased, @case.Owner!.Id));
        Assert.NotNull(@case.Due);
        Assert.Equal("", Assert.Single(notes).Text);
        var card = (CaseCard)(await _temp.ReadAsync(view => CardPages.Write(view, new CardKey("case:1", "care"), @case.Version, Policy.Default)))!;
        Assert.Equal(original.Text, card.Quote);
        Assert.Contains(await _temp.ReadAsync(view => view.CardsToShow("care", Now, 9)), work => work.Key.Subject == "case:1" && work.Wanted == @case.Version);
    }

    [Fact]
    public async Task A_case_that_took_in_anothers_complaint_becomes_theirs_with_no_word_of_who_is_erased()
    {
        await RecordAsync(Post("1", "acme killed my " + Secret));
        await RecordAsync(By("zoe", "acme took the money of Zoe twice", "z"));
        await HappenAsync(1, new Claimed(Anna));
        await HappenAsync(1, new WantsKnown(Anna, "a new " + Secret));
        await _temp.WriteAsync(tx => Assert.Null(new CaseWriter(tx, Now, Policy.Default).Merge(tx.CaseOf(2)!, tx.CaseOf(1)!, Anna)));
        var zoe = await _temp.ReadAsync(view => view.CaseOf(2)!.Customer);
        Assert.NotNull(zoe);

        await EraseAsync("@mia.zoologist");

        var (@case, events) = await _temp.ReadAsync(view => (view.CaseOf(1)!, view.EventsOf(1)));
        Assert.Equal((CaseState.Claimed, zoe, 2L, ""), (@case.State, @case.Customer, @case.FirstMention, @case.Wants));
        Assert.DoesNotContain(Secret, JsonSerializer.Serialize(events.Select(happening => happening.Event)), StringComparison.Ordinal);
        Assert.Equal((@case.FirstMention, @case.Customer), Case.Replay(events.Select(e => (e.Event, e.At))) is var again ? (again.FirstMention, again.Customer) : default);
    }

    [Fact]
    public async Task The_card_of_anothers_case_that_names_them_is_shown_anew_without_the_name()
    {
        await RecordAsync(Post("1", "acme killed my " + Secret));
        await RecordAsync(By("ben", "acme broke my lamp, ask @mia.zoologist", "b"));
        await _temp.WriteAsync(tx => tx.CardShown(new CardKey("case:2", "care"), tx.CaseOf(2)!.Version, new MessageRef("m2"), Now));

        await EraseAsync("@mia.zoologist");

        Assert.Contains(await _temp.ReadAsync(view => view.CardsToShow("care", Now, 9)), work => work.Key.Subject == "case:2" && work.Message!.Value == "m2");
        Assert.False((await _temp.ReadAsync(view => view.CaseOf(2)))!.HasEnded);
    }

    [Fact]
    public async Task Another_of_the_same_handle_elsewhere_is_a_choice_that_the_operator_makes()
    {
        await RecordAsync(By("sam", "acme broke my lamp", "1"), By("sam", "acme took my money twice", "2") with { Key = new PostKey("mastodon", "2") });

        var found = await _temp.ReadAsync(view => PersonFile.Find(view, "@Sam"));

        Assert.Equal(["replay:posts sam", "mastodon sam"], found.Select(person => person.Key));
        Assert.Equal("mastodon sam", Assert.Single(await _temp.ReadAsync(view => PersonFile.Find(view, "mastodon sam"))).Key);
    }

    [Theory]
    [InlineData("mia@zoologist.example")]
    [InlineData("MIA.Zoologist")]
    [InlineData("@mia.zoologist")]
    [InlineData("Mia \"Zoo\" Lang")]
    [InlineData("https://www.social.example/mia.zoologist/")]
    [InlineData("replay:posts mia@zoologist.example")]
    public async Task A_person_is_found_by_whatever_they_are_called(string who)
    {
        await WholeCaseAsync();

        var person = Assert.Single(await _temp.ReadAsync(view => PersonFile.Find(view, who)));

        Assert.Equal((1, 1, 1), (person.Mentions.Count, person.Cases.Count, person.Aside.Count));
    }

    [Fact]
    public void No_kind_of_event_keeps_words()
    {
        var kinds = typeof(CaseEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CaseEvent)) && !type.IsAbstract).ToList();
        string[] notTheirs = [nameof(AnsweredByUs.Account), nameof(CardShown.Room), nameof(Opened.Aspect)];
        foreach (var kind in kinds)
        {
            var happened = (CaseEvent)Filled(kind);
            var kept = Reworded.With(happened, _ => "");
            var words = kind.GetProperties().Where(property => property.PropertyType == typeof(string) && !notTheirs.Contains(property.Name) && property.GetValue(kept) is string { Length: > 0 });
            Assert.True(!words.Any(), $"{kind.Name} keeps {string.Join(", ", words.Select(word => word.Name))}: Reworded must know it.");
        }
        Assert.Contains(typeof(Noted), kinds);
    }

    private static object Filled(Type kind)
    {
        var constructor = kind.GetConstructors(BindingFlags.Public | BindingFlags.Instance).OrderByDescending(c => c.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(p => p.ParameterType == typeof(string) ? Secret : p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)]);
    }

    private static string Kind(Happening happening) => JsonSerializer.SerializeToElement(happening.Event).GetProperty("event").GetString()!;

    /// <summary>A case in which the secret stands wherever words can stand.</summary>
    private async Task WholeCaseAsync()
    {
        var post = Post("1", "acme killed my " + Secret + " and nobody answers");
        await RecordAsync(post);
        await _temp.WriteAsync(tx => tx.KeepContacts(1, [new Contact(ContactKind.Mail, "mia@zoologist.example", "the post")]));
        foreach (var happened in (CaseEvent[])
        [
            new CardShown("care"), new Claimed(Anna), new WantsKnown(Anna, "a new " + Secret), new Promised(Anna, Now.AddDays(1), "a " + Secret + " by noon"),
            new Noted(Anna, "she loves her " + Secret, Now), new LeaderBrought(Anna, new Responder("member:kim", "Kim"), "Dear Mia, your " + Secret),
            new HandedOver(Anna, Anna with { Id = "member:zoe", Name = "Zoe" }, "the " + Secret + " case"),
        ])
        {
            await HappenAsync(1, happened);
        }
        await RecordAsync(new Heard(ChangeKind.Added, By("acmecare", "Dear @mia.zoologist, the " + Secret + " comes", "ours") with { InReplyTo = post.Key }, [], Some.Assessment(0.1), ByUs: true));
        await HappenAsync(1, new Resolved(new Responder("member:zoe", "Zoe"), Outcome.WentBeyond, "sent a " + Secret, "one " + Secret, "two " + Secret));
        await _temp.WriteAsync(tx =>
        {
            tx.AddDead(Some.BadItem("posts", "line 7 is not JSON", "{\"author\":\"mia.zoologist\",\"text\":\"" + Secret), Now);
            tx.RecordPress(new Press("p1", Anna, new PressTarget(PressAction.More, 1)), PressAnswer.Tell("says " + Secret), Now);
            tx.RecordPress(new Press("p2", Anna, new PressTarget(PressAction.Show, 0)), PressAnswer.Tell("case 1: mia.zoologist"), Now);
            tx.AddSilence(new Silence(SilenceOf.Author, "mia.zoologist", "her " + Secret, Anna, Now, Now.AddDays(1)));
            tx.RecordVerdict(1, "complaint", Anna, Now);
            tx.AddSampled(Post("unmatched", "my " + Secret + " sings"), 7, Now);
            tx.AddSampled(By("ben", "look what @mia.zoologist has: a " + Secret, "named"), 7, Now);
            var key = new CardKey("case:1", "care");
            tx.CardShown(key, 1, new MessageRef("m"), Now);
            foreach (var ping in tx.PingsOf(key.Subject))
            {
                tx.PingSent(ping.Id, new MessageRef("p"), Now);
            }
        });
    }

    private static Post Post(string id, string text) => Some.Post(text, "mia-" + id) with
    {
        Url = "https://social.example/mia.zoologist/" + id,
        Author = new Author { Id = "mia@zoologist.example", Name = "Mia \"Zoo\" Lang", Handle = "mia.zoologist", Url = "https://social.example/mia.zoologist" },
    };

    private static Post By(string author, string text, string id) => Some.Post(text, id) with { Author = new Author { Id = author, Handle = author }, Url = null };

    private async Task EraseAsync(string who)
    {
        var person = Assert.Single(await _temp.ReadAsync(view => PersonFile.Find(view, who)));
        await Erasure.EraseAsync(_temp.Store, person, Now, CancellationToken.None);
    }

    private Task HappenAsync(long id, CaseEvent happened) => _temp.WriteAsync(tx => { Assert.IsType<Transition.Changed>(new CaseWriter(tx, Now, Policy.Default).Happen(tx.CaseOf(id)!, happened)); });

    private Task RecordAsync(params Post[] posts) => RecordAsync([.. posts.Select(post => new Heard(ChangeKind.Added, post, [Some.Watch()], Some.Assessment(), ByUs: false))]);

    private Task RecordAsync(params Heard[] heard) =>
        _temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor($"{++_cursor}"), false, null, heard, [], [], heard.Length), Policy.Default, Now));

    /// <summary>All bytes of the database, its log and what else lies beside it.</summary>
    private async Task<string> BytesAsync()
    {
        var all = new StringBuilder();
        if (_temp.IsPostgres)
        {
            using var db = _temp.OpenDb();
            db.Execute("CHECKPOINT");
            using var files = db.Ask("SELECT encode(pg_read_binary_file(pg_relation_filepath(oid)), 'escape') FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'i', 't')");
            while (files.Read())
            {
                all.Append(files.Text(0));
            }
        }
        foreach (var file in Directory.GetFiles(_temp.Folder).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            all.Append(await reader.ReadToEndAsync());
        }
        return all.ToString();
    }
}
