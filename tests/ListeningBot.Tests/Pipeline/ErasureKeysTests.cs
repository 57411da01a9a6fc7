using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Keys tell who wrote a post, and lead to it.</summary>
public sealed class ErasureKeysTests : IAsyncDisposable
{
    private const string Everybody = "acme took the money of so many people in this town, and not one of them has seen it again";
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private readonly TempStore _temp = new();
    private int _cursor;

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task Who_answers_or_repeats_a_post_of_theirs_that_was_never_heard_holds_no_key_that_names_them_and_is_not_told_twice()
    {
        await RecordAsync(0.9, Theirs(KeyOf("1"), "acme killed my parrot and nobody answers"));
        await RecordAsync(0.9, By("ben", "acme broke my lamp too, and hangs up on me", "b") with { InReplyTo = KeyOf("2"), Thread = KeyOf("3"), Between = [KeyOf("5")] });
        await RecordAsync(0.9, By("kim", Everybody, "k") with { RepostOf = KeyOf("4") });
        await RecordAsync(0.9, By("joe", "acme sent the wrong kettle, read this", "j") with { Links = ["https://chat.example/@kvitravn/113385551"] });
        var kim = await CaseOfAsync("k");
        Assert.Equal((kim, await CaseOfAsync("j")), await _temp.ReadAsync(view => (view.CaseHolding(CaseKeys.Thread(KeyOf("4")))!.Value, view.CaseHolding("link chat.example/@kvitravn/113385551")!.Value)));

        await EraseAsync();

        Assert.Equal((0L, 0L), (Naming("mentions", "body"), Naming("case_keys", "key")));
        var (ben, repeated) = await _temp.ReadAsync(view => (view.MentionOf(By("ben", "", "b").Key)!.Post, view.MentionOf(By("kim", "", "k").Key)!));
        Assert.Equal("acme broke my lamp too, and hangs up on me", ben.Text);
        Assert.Equal([ErasedPost.KeyOf(KeyOf("2")), ErasedPost.KeyOf(KeyOf("5")), ErasedPost.KeyOf(KeyOf("3"))], ben.Follows());
        Assert.Equal(("", "kim"), (repeated.Post.Text, repeated.Post.Author.Id));
        await RecordAsync(0.9, By("zoe", Everybody, "z") with { RepostOf = KeyOf("4") });
        Assert.Equal(kim, await CaseOfAsync("z"));
    }

    [Fact]
    public async Task What_only_repeats_an_erased_post_in_the_maybe_list_keeps_none_of_its_words_though_nothing_names_its_author()
    {
        var theirs = Theirs(new PostKey("replay:posts", "20261102"), Everybody);
        await RecordAsync(0.3, By("ben", theirs.Text, "b") with { RepostOf = theirs.Key });
        await RecordAsync(0.9, theirs);
        var maybe = (await _temp.ReadAsync(view => view.MentionOf(By("ben", "", "b").Key)))!;
        Assert.Null(maybe.CaseId);
        var list = new CardKey("tray:1", "care");
        await _temp.WriteAsync(tx =>
        {
            Assert.Equal(1, tx.AddTrayPage("care", new DateOnly(2026, 11, 2), 1, 1, [maybe.Id]).Id);
            tx.WantCard(list, version: 1, Priority.Low, Now, Now);
            tx.CardShown(list, 1, new MessageRef("m"), Now);
        });

        var count = await EraseAsync();

        maybe = (await _temp.ReadAsync(view => view.MentionOf(maybe.Id)))!;
        Assert.Equal(("", "ben", ErasedPost.KeyOf(theirs.Key)), (maybe.Post.Text, maybe.Post.Author.Id, maybe.Post.RepostOf));
        Assert.Equal(list, Assert.Single(count.Lists));
        Assert.Contains(list, (await _temp.ReadAsync(view => view.CardsToShow("care", Now, 9))).Select(work => work.Key));
    }

    /// <summary>Reddit's and X's threads are read by it.</summary>
    [Theory]
    [InlineData("t3_1nq2xab", true)]
    [InlineData("kvitravn-77", false)]
    [InlineData("@kvitravn/77", false)]
    public async Task The_thread_of_anothers_open_case_below_a_post_of_theirs_can_still_be_read_unless_its_number_names_them(string number, bool stays)
    {
        var theirs = Theirs(new PostKey("replay:posts", number), "acme killed my parrot and nobody answers");
        await RecordAsync(0.9, theirs);
        await RecordAsync(0.9, By("ben", "acme broke my lamp too, and hangs up on me", "b") with { InReplyTo = theirs.Key, Thread = theirs.Key });

        await EraseAsync();

        var ben = (await _temp.ReadAsync(view => view.MentionOf(By("ben", "", "b").Key)))!.Post;
        Assert.Equal((ErasedPost.KeyOf(theirs.Key), stays ? theirs.Key : ErasedPost.KeyOf(theirs.Key)), (ben.InReplyTo, ben.Thread));
    }

    /// <summary>There the handle is a part of everybody's path: what begins so is not theirs.</summary>
    [Fact]
    public async Task Who_is_called_as_a_part_of_the_path_takes_nobody_elses_posts_along()
    {
        static PostKey Note(string id) => new("misskey", $"https://misskey.example/notes/{id}");
        await RecordAsync(0.9, Theirs(Note("9x"), "acme killed my parrot and nobody answers") with { Author = new Author { Id = "notes@misskey.example", Handle = "notes@misskey.example" } });
        await RecordAsync(0.9, By("kim", "acme sent me the wrong kettle", "k") with { Key = Note("8k") });
        await RecordAsync(0.9, By("ben", "acme broke my lamp too, and hangs up on me", "b") with { InReplyTo = Note("8k"), Thread = Note("9x") });
        await RecordAsync(0.9, By("zoe", Everybody, "z") with { RepostOf = Note("7q") });

        await EraseAsync("notes@misskey.example");

        var (ben, zoe) = await _temp.ReadAsync(view => (view.MentionOf(By("ben", "", "b").Key)!.Post, view.MentionOf(By("zoe", "", "z").Key)!.Post));
        Assert.Equal([Note("8k"), ErasedPost.KeyOf(Note("9x"))], ben.Follows());
        Assert.Equal((Everybody, Note("7q")), (zoe.Text, zoe.RepostOf));
    }

    private static PostKey KeyOf(string id) => new("mastodon", $"https://chat.example/users/kvitravn/statuses/{id}");

    private static Post Theirs(PostKey key, string text) => Some.Post(text) with
    {
        Key = key,
        Url = null,
        Author = new Author { Id = "kvitravn@chat.example", Handle = "kvitravn@chat.example", Url = "https://chat.example/@kvitravn" },
    };

    private static Post By(string author, string text, string id) => Some.Post(text, id) with { Author = new Author { Id = author, Handle = author }, Url = null };

    private async Task<long> CaseOfAsync(string post) => (await _temp.ReadAsync(view => view.MentionOf(By("", "", post).Key)))!.CaseId!.Value;

    private long Naming(string table, string column)
    {
        using var db = _temp.OpenDb();
        return db.Number($"SELECT count(*) FROM {table} WHERE {column} LIKE '%kvitravn%'");
    }

    private async Task<ErasureCount> EraseAsync(string who = "kvitravn@chat.example")
    {
        var person = Assert.Single(await _temp.ReadAsync(view => PersonFile.Find(view, who)));
        return await Erasure.EraseAsync(_temp.Store, person, Now, CancellationToken.None);
    }

    private Task RecordAsync(double complaint, Post post) =>
        _temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor($"{++_cursor}"), false, null, [new Heard(ChangeKind.Added, post, [Some.Watch()], Some.Assessment(complaint), ByUs: false)], [], [], 1), Policy.Default, Now));
}
