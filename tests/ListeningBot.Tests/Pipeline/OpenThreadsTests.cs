using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Hosting;
using ListeningBot.Tests.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Pipeline;

public sealed class OpenThreadsTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly OpenThreads _threads = new();

    [Fact]
    public async Task What_has_no_case_is_known_for_a_month_and_what_has_one_as_long_as_that_is_open()
    {
        await LookAsync();
        await OpenAsync("open");
        Hear("open", "maybe");
        for (var day = 1; day <= 30; day++)
        {
            _clock.Advance(TimeSpan.FromDays(1));
            await LookAsync();
        }
        Hear("lately");
        Assert.Equal(["open", "maybe", "lately"], Known("open", "maybe", "lately"));

        _clock.Advance(TimeSpan.FromDays(1));
        await LookAsync();

        Assert.Equal(["open", "lately"], Known("open", "maybe", "lately"));
    }

    [Fact]
    public async Task What_became_a_case_after_it_was_forgotten_is_known_from_the_next_look()
    {
        await LookAsync();
        await OpenAsync("pressed");
        Assert.Empty(Known("pressed"));

        await LookAsync();

        Assert.Equal(["pressed"], Known("pressed"));
    }

    private async Task LookAsync() => await new OpenThreadsJob(_threads, _temp.Store, _clock, NullLogger<OpenThreadsJob>.Instance).Execute(null!);

    private void Hear(params string[] posts)
    {
        foreach (var post in posts)
        {
            _threads.Add(ThreadHash.Of(SomeStored.Key(post)));
            _threads.AddAuthor(ThreadHash.Of(new PostKey("replay:posts", post)));
        }
    }

    private Task OpenAsync(string post) => _temp.WriteAsync(tx =>
    {
        var owner = tx.AddCustomer(new Customer { Accounts = [new CustomerAccount("replay:posts", post)] }).Id;
        var id = tx.NextCaseId();
        var mention = tx.AddMention(SomeStored.Mention(post) with { CaseId = id });
        var @case = SomeStored.Case(id, mention: mention) with { Customer = owner };
        tx.SaveCase(@case, SomeStored.Opened(@case), _clock.GetUtcNow());
        tx.TakeKey($"thread {post}", id, ThreadHash.Of(SomeStored.Key(post)));
    });

    /// <summary>Those whose answers, and whose authors' other posts, are heard.</summary>
    private IEnumerable<string> Known(params string[] posts)
    {
        var answers = PostBatch.Of([.. posts.Select(post => Some.Post(id: "to " + post) with { InReplyTo = SomeStored.Key(post), Author = new Author { Id = post } })], new Cursor("1"));
        var known = posts.Where((_, i) => _threads.MayAnswer(answers, i)).ToList();
        Assert.Equal(known, posts.Where((_, i) => _threads.MayGoOn(answers, i)));
        return known;
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
