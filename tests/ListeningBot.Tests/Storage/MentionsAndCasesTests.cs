using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;
using static ListeningBot.Tests.Storage.SomeStored;

namespace ListeningBot.Tests.Storage;

public sealed class MentionsAndCasesTests
{
    [Fact]
    public async Task A_mention_comes_back_as_it_was_stored()
    {
        await using var temp = new TempStore();
        var mention = Mention() with
        {
            Post = Some.Post("Grüße \0 \"quoted\" 🙃\n<b>", "a b") with { Title = "", Stars = 1.5, InReplyTo = new PostKey("x", "9"), Lang = "de", Private = true },
            CaseId = 4,
            Standing = Standing.Case,
        };

        var id = await temp.WriteAsync(tx => tx.AddMention(mention));
        await temp.ReopenAsync();

        var stored = await temp.ReadAsync(view => (ById: view.MentionOf(id), ByKey: view.MentionOf(mention.Post.Key), OfCase: view.MentionsOfCase(4)));
        // Only SQLite can keep the character NUL.
        var kept = temp.IsPostgres ? mention with { Post = mention.Post with { Text = mention.Post.Text.Replace('\0', '\u001a') } } : mention;
        Assert.Equal(Json(kept with { Id = id }), Json(stored.ById));
        Assert.Equal(Json(stored.ById), Json(stored.ByKey));
        Assert.Equal(Json(stored.ById), Json(Assert.Single(stored.OfCase)));
        Assert.Equal(mention.Posted, stored.ById!.Posted);
        Assert.Equal("", stored.ById.Post.Title);
    }

    /// <summary>A language did not always go by one code alone: what was stored before must find its speakers and drafts all the same.</summary>
    [Fact]
    public async Task A_language_that_was_stored_by_its_other_code_goes_by_the_one_that_it_has_now()
    {
        await using var temp = new TempStore();
        var id = await temp.WriteAsync(tx => tx.AddMention(Mention() with { Assessment = Some.Assessment(0.9) with { Lang = "qx" } }));
        using (var db = temp.OpenDb())
        {
            db.Execute("UPDATE mentions SET body = replace(body, '\"qx\"', '\"nb\"')");
        }

        Assert.Equal("no", (await temp.ReadAsync(view => view.MentionOf(id)))!.Assessment.Lang);
    }

    [Fact]
    public async Task A_lone_surrogate_is_stored_as_the_replacement_character()
    {
        await using var temp = new TempStore();
        var id = await temp.WriteAsync(tx => tx.AddMention(Mention(id: "x\ud800y", text: "broken \udc00 text")));

        var stored = await temp.ReadAsync(view => view.MentionOf(id));
        Assert.Equal("broken \ufffd text", stored!.Post.Text);
        Assert.NotNull(await temp.ReadAsync(view => view.MentionOf(Key("x\ud800y"))));
    }

    [Fact]
    public async Task A_post_makes_one_mention_only()
    {
        await using var temp = new TempStore();
        await temp.WriteAsync(tx => tx.AddMention(Mention()));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => temp.WriteAsync(tx => tx.AddMention(Mention())));
        Assert.Contains(temp.IsPostgres ? "unique constraint \"mentions_ns_post_id_key\"" : "UNIQUE constraint failed: mentions.ns, mentions.post_id", refused.Message);
        Assert.DoesNotContain("laptop", refused.Message);
    }

    [Fact]
    public async Task An_update_keeps_id_key_and_first_seen()
    {
        await using var temp = new TempStore();
        var id = await temp.WriteAsync(tx => tx.AddMention(Mention()));

        var changed = Mention(id: "other", caseId: 7, text: "edited") with { Id = id, FirstSeen = Now.AddHours(1) };
        await temp.WriteAsync(tx => tx.UpdateMention(changed));

        var stored = await temp.ReadAsync(view => view.MentionOf(id));
        Assert.Equal(Json(changed with { FirstSeen = Now, Post = changed.Post with { Key = Key("1") } }), Json(stored));
        Assert.Equal(id, (await temp.ReadAsync(view => view.MentionsOfCase(7)))[0].Id);
    }

    [Fact]
    public async Task Mentions_of_an_author_are_found_in_one_namespace_in_order()
    {
        await using var temp = new TempStore();
        var elsewhere = Mention("3") with { Post = Some.Post(id: "3", channel: "elsewhere") };
        await temp.WriteAsync(tx =>
        {
            tx.AddMention(Mention("1"));
            tx.AddMention(elsewhere);
            tx.AddMention(Mention("2"));
            tx.AddMention(Mention("4") with { Post = Some.Post(id: "4") with { Author = Author.Unknown } });
        });

        var ids = await temp.ReadAsync(view => view.MentionsOfAuthor("replay:posts", "mia").Select(m => m.Post.Key.Id).ToArray());
        Assert.Equal(["1", "2"], ids);
    }

    [Fact]
    public async Task Blanking_leaves_no_word_of_the_author_in_the_file()
    {
        await using var temp = new TempStore();
        var mention = Mention(text: "zanzibar broke") with
        {
            Post = Some.Post("zanzibar broke") with { Title = "zanzibar", Place = "below “zanzibar”" },
            Found = [new FoundBy("acme", ["zanzibar"])],
            Assessment = Some.Assessment() with
            {
                Reasons = [new Reason("failure", 1.2, "says \"zanzibar broke\"") { Words = "zanzibar broke" }],
                PriorityReasons = [new Reason("deadline", 1.2, "says \"zanzibar now\"") { Words = "zanzibar now" }],
            },
        };
        var id = await temp.WriteAsync(tx => tx.AddMention(mention));
        await temp.WriteAsync(tx =>
        {
            tx.AddToTray(id, ["care"], 0.4, Now);
            tx.UpdateMention(mention with { Id = id, CaseId = 3 });
            tx.RecordPress(new Press("p", new Responder("a", "Ann"), new PressTarget(PressAction.More, 3)), PressAnswer.Tell("says \"zanzibar broke\""), Now);
        });

        await temp.WriteAsync(tx => tx.BlankMention(id, Now));

        var stored = await temp.ReadAsync(view => view.MentionOf(id));
        Assert.True(stored!.Deleted);
        Assert.Equal(("", null, null), (stored.Post.Text, stored.Post.Title, stored.Post.Place));
        Assert.Equal(("failure", null), (Assert.Single(stored.Assessment.Reasons).Text, stored.Assessment.Reasons[0].Words));
        Assert.Equal("deadline", Assert.Single(stored.Assessment.PriorityReasons).Text);
        Assert.Empty(await temp.ReadAsync(view => view.UnlistedTray("care", 10)));
        await temp.CloseAsync();
        Assert.SkipWhen(temp.IsPostgres, "its bytes are the server's");
        Assert.DoesNotContain("zanzibar", await File.ReadAllTextAsync(temp.Path, System.Text.Encoding.Latin1));
    }

    [Fact]
    public async Task A_case_is_saved_version_after_version()
    {
        await using var temp = new TempStore();
        var first = Case(5) with { Due = Now.AddMinutes(15), Owner = new Responder("discord:1", "Ann") };
        await temp.WriteAsync(tx => tx.SaveCase(first, Opened(first), Now));
        await temp.WriteAsync(tx => tx.SaveCase(first with { Version = 2, Pinged = true }, new NobodyClaimed(), Now));

        Assert.Equal(Json(first with { Version = 2, Pinged = true }), Json(await temp.ReadAsync(view => view.CaseOf(5))));
        foreach (var version in new[] { 1, 2, 4 })
        {
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => temp.WriteAsync(tx => tx.SaveCase(first with { Version = version }, new NobodyClaimed(), Now)));
            Assert.Equal($"Case 5 can't be saved as version {version}: the stored one is version 2.", refused.Message);
        }
    }

    [Fact]
    public async Task Case_numbers_are_never_used_again()
    {
        await using var temp = new TempStore();
        var first = await temp.WriteAsync(tx => tx.NextCaseId());
        await temp.ReopenAsync();
        var second = await temp.WriteAsync(tx => (tx.NextCaseId(), tx.NextCaseId()));

        Assert.Equal((1, (2, 3)), (first, second));
    }

    [Fact]
    public async Task A_key_belongs_to_one_case_until_it_is_freed()
    {
        await using var temp = new TempStore();
        Task<bool> TakeAsync(string key, long id, ulong hash = 0) => temp.WriteAsync(tx =>
        {
            tx.TakeKey(key, id, hash);
            return tx.CaseHolding(key) == id;
        });
        Assert.True(await TakeAsync("thread:1", 1, ulong.MaxValue));
        Assert.True(await TakeAsync("thread:1", 1));
        Assert.True(await TakeAsync("author:mia", 1));
        Assert.False(await TakeAsync("thread:1", 2, 9));

        Assert.Equal(1, await temp.ReadAsync(view => view.CaseHolding("thread:1")));
        Assert.Equal(new[] { ulong.MaxValue }, await temp.ReadAsync(view => view.OpenThreadHashes()));
        await temp.WriteAsync(tx => tx.FreeKeys(1));
        Assert.Null(await temp.ReadAsync(view => view.CaseHolding("thread:1")));
        Assert.True(await TakeAsync("thread:1", 2, 9));
        Assert.Equal(new[] { 9UL }, await temp.ReadAsync(view => view.OpenThreadHashes()));
    }

    [Fact]
    public async Task Due_cases_come_earliest_first()
    {
        await using var temp = new TempStore();
        await temp.WriteAsync(tx =>
        {
            foreach (var (id, minutes) in new (long, int?)[] { (1, 3), (2, 1), (3, null), (4, 9) })
            {
                var @case = Case(id) with { Due = minutes is { } m ? Now.AddMinutes(m) : null };
                tx.SaveCase(@case, Opened(@case), Now);
            }
        });

        Assert.Equal(new long[] { 2, 1 }, await temp.ReadAsync(view => view.CasesDue(Now.AddMinutes(3), 10).Select(c => c.Id).ToArray()));
        Assert.Equal(new long[] { 2 }, await temp.ReadAsync(view => view.CasesDue(Now.AddMinutes(3), 1).Select(c => c.Id).ToArray()));
        Assert.Empty(await temp.ReadAsync(view => view.CasesDue(Now, 10)));
    }
}
