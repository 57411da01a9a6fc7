using ListeningBot.Channels;
using ListeningBot.Cli;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Demo;
using ListeningBot.Net;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Demo;

public sealed class DemoPressesTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task Each_press_is_a_verdict_of_one_of_its_people()
    {
        await HearTheStoryAsync();
        var desk = new PressDesk(_temp.Store, new PolicyBook(), _clock, _ => { });

        await new DemoPresses(_temp.Store, desk).PressAsync(default);

        var verdicts = await _temp.ReadAsync(view => view.Verdicts());
        Assert.Equal(verdicts.Count, verdicts.Select(verdict => verdict.Mention).Distinct().Count());
        Assert.All(verdicts, verdict => Assert.Equal("Anita", verdict.By.Name));
        Assert.Equal(18, verdicts.Count(verdict => verdict.Verdict == Core.Pipeline.Verdict.AComplaint));
        Assert.Equal(8, verdicts.Count(verdict => verdict.Verdict == Core.Pipeline.Verdict.NoComplaint));
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_not_written_into()
    {
        await File.WriteAllTextAsync(Path.Combine(_temp.Folder, "diary.txt"), "mine");

        Assert.Equal(Exit.BadInput, await DemoRun.KeepAsync(new DirectoryInfo(_temp.Folder), default));
        Assert.Equal(["diary.txt"], Directory.GetFileSystemEntries(_temp.Folder).Select(Path.GetFileName));
    }

    private async Task HearTheStoryAsync()
    {
        var folder = new DemoFolder(Path.Combine(_temp.Folder, "demo"));
        folder.Write();
        var settings = folder.Reader.Read().Settings!;
        var channel = Assert.Single(settings.Channels);
        var watches = WatchSet.Build(settings.Watches, settings.Ours);
        var intake = new Intake(new ScorerBook(), new OpenThreads());
        var context = new ChannelContext(channel.Name, new WebReader(new(), _clock), _clock, NullLoggerFactory.Instance, (_, _) => Task.CompletedTask);
        await foreach (var batch in channel.Kind.Create(context, channel.Options).ReadAsync(null, watches, default))
        {
            var harvest = intake.Take(channel.Name, batch, watches);
            await _temp.WriteAsync(tx => { Recorder.Record(tx, harvest, Policy.Default, _clock.GetUtcNow()); });
        }
    }
}
