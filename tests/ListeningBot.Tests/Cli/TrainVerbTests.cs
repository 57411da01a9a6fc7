using ListeningBot.Cli;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Learning;
using ListeningBot.Tests.Learning;
using ListeningBot.Tests.Support;
using static ListeningBot.Tests.Storage.SomeStored;

namespace ListeningBot.Tests.Cli;

public sealed class TrainVerbTests : IAsyncDisposable
{
    private static readonly string[] s_things = ["parcel", "router", "invoice", "phone", "refund", "laptop", "train", "order", "contract", "heating"];
    private static readonly string[] s_troubles = ["my acme {0} never arrived and nobody answers", "the acme {0} is broken again", "acme charged me twice for the {0}", "still waiting for the {0}, acme", "acme support hangs up on me, {0} dead"];
    private static readonly string[] s_quizzes = ["acme quiz night: the {0} question was awful, we lost again", "round four of the acme quiz ruined us: {0}", "terrible luck at the acme quiz tonight, the {0} cost us everything", "furious, the acme quiz master hates us: {0}", "acme quiz: failed at the {0}, what a disaster"];

    private readonly TempStore _temp = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _messages = new();
    private readonly ModelFolder _folder;

    public TrainVerbTests() => _folder = ModelFolder.Beside(_temp.Path);

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task What_was_rolled_back_is_not_learned_back_from_the_same_verdicts()
    {
        await JudgeAsync();
        Assert.Equal(Exit.Done, await LearnAsync());
        Assert.Contains("Kept as 0001-", _output.ToString(), StringComparison.Ordinal);
        TrainVerbModels.RollBack(_folder, Paper(), _messages);

        Assert.Equal(Exit.Done, await LearnAsync());

        Assert.Contains("Not kept: it is the model that was rolled back (0001-", _output.ToString(), StringComparison.Ordinal);
        Assert.Same(Model.Shipped, _folder.InUse().Model);
        Assert.Single(_folder.List());
    }

    [Fact]
    public async Task While_another_is_at_work_on_the_models_nothing_is_changed_and_it_says_so()
    {
        await JudgeAsync();
        var name = _folder.Keep(SomeModels.Leaning(0.1f));
        using (_folder.Turn())
        {
            Assert.Equal(Exit.BadInput, TrainVerbModels.RollBack(_folder, Paper(), _messages));
            Assert.Equal(Exit.BadInput, await LearnAsync());
        }
        Assert.Equal([name], _folder.List().Select(entry => entry.File));
        Assert.Equal(2, _messages.ToString().Split($"Another `train` is at work on the models in {_folder.Path}. Nothing was changed;").Length - 1);

        Assert.Equal(Exit.Done, TrainVerbModels.RollBack(_folder, Paper(), _messages));
        Assert.Same(Model.Shipped, _folder.InUse().Model);
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_told_before_anything_is_learned()
    {
        File.WriteAllText(_folder.Path, "");

        Assert.Equal(Exit.BadInput, TrainVerbModels.RollBack(_folder, Paper(), _messages));

        Assert.StartsWith($"The models in {_folder.Path} can't be read or written: There is a file of that name: move it away. The model in use stays.", _messages.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--list")]
    [InlineData("--rollback")]
    public async Task In_a_folder_with_neither_store_nor_models_nothing_is_claimed_of_them(string job) =>
        Assert.Equal(Exit.BadInput, await CommandLine.RunAsync(["train", job, "--config", _temp.Folder]));

    [Theory]
    [InlineData("missing/shipped.model", "its folder is missing. Make it first.")]
    [InlineData(".", "it is a folder. Name a file in it.")]
    public void Where_the_shipped_model_can_not_be_written_it_is_told_before_it_is_made(string into, string why)
    {
        Assert.Equal(Exit.BadInput, TrainVerb.Make(null, new FileInfo(Path.Combine(_temp.Folder, into)), _output, _messages));

        Assert.EndsWith(why, _messages.ToString().TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("corpus:", _messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_set_leaves_the_model_that_was_there()
    {
        var into = new FileInfo(Path.Combine(_temp.Folder, "shipped.model"));
        File.WriteAllText(into.FullName, "as it was");
        var data = Directory.CreateDirectory(Path.Combine(_temp.Folder, "sets"));
        File.WriteAllText(Path.Combine(data.FullName, "sms_spam.jsonl"), """{"text":null,"lang":"en","label":"spam"}""");

        Assert.Equal(Exit.BadInput, TrainVerb.Make(data, into, _output, _messages));

        Assert.Contains("sms_spam.jsonl, line 1: ", _messages.ToString(), StringComparison.Ordinal);
        Assert.Equal("as it was", File.ReadAllText(into.FullName));
        Assert.Equal(["sets", "shipped.model"], new DirectoryInfo(_temp.Folder).EnumerateFileSystemInfos().Select(one => one.Name).Order(StringComparer.Ordinal));
    }

    private VerbPaper Paper() => new(_output, null);

    private Task<int> LearnAsync() => new TrainVerbCases(_temp.Store, _folder, new ManualClock()).RunAsync(Paper(), _messages, default);

    private Task JudgeAsync() => _temp.WriteAsync(tx =>
    {
        var id = 0;
        foreach (var (forms, verdict) in new[] { (s_troubles, Verdict.AComplaint), (s_quizzes, Verdict.NoComplaint) })
        {
            foreach (var text in s_things.SelectMany(thing => forms.Select(form => form.Replace("{0}", thing, StringComparison.Ordinal))))
            {
                tx.RecordVerdict(tx.AddMention(Mention($"{++id}", text: text)), verdict, new Responder("member:anna", "Anna"), ManualClock.Start);
            }
        }
    });
}
