using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Hosting;
using ListeningBot.Hosting.Cluster;
using ListeningBot.Learning;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Tests.Learning;

public sealed class ModelWatchTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly CollectedLogs _logs = new();
    private readonly ScorerBook _scorers = new();
    private readonly ModelFolder _folder;
    private ModelWatch _watch;

    public ModelWatchTests()
    {
        _folder = ModelFolder.Beside(_temp.Path);
        _watch = Watch();
    }

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        await _temp.DisposeAsync();
    }

    [Fact]
    public async Task At_the_start_the_newest_model_is_in_force_before_anything_is_heard_and_nobody_is_told()
    {
        var model = SomeModels.Leaning(0.1f);
        _folder.Keep(model);

        await _watch.StartAsync(default);
        await _watch.StopAsync(default);

        Assert.Equal(model.Manifest.Version, _scorers.Current.Version);
        Assert.Equal($"Model {model.Manifest.Version} judges from now on: 0001-{model.Manifest.Version}.model", _logs.Text);
        Assert.Empty(await NoticesAsync());
    }

    [Fact]
    public async Task A_new_model_is_taken_up_while_the_bot_runs_and_the_ops_room_is_told_and_so_is_a_rollback()
    {
        await LookAsync();
        var model = SomeModels.Leaning(0.1f);
        _folder.Keep(model);
        await LookAsync();
        await LookAsync();
        Assert.Equal(model.Manifest.Version, _scorers.Current.Version);

        _folder.RollBack();
        await LookAsync();
        Assert.Equal(Model.Shipped.Manifest.Version, _scorers.Current.Version);
        Assert.Equal(
            [
                $"From now on model {model.Manifest.Version} judges, which learned from 60 verdicts of yours. Back to the one before: listeningbot train --rollback",
                $"From now on the shipped model {Model.Shipped.Manifest.Version} judges.",
            ],
            await NoticesAsync());
        Assert.Equal([801, 801], _logs.Lines.Select(line => line.Event));
    }

    [Fact]
    public async Task While_the_store_takes_nothing_the_model_in_force_stays_and_what_is_to_be_told_is_told_later()
    {
        var full = new FailingStore(_temp.Store) { Room = 0 };
        using var watch = new ModelWatch(_folder, _scorers, full, new RoomBells(_clock), _clock, _logs.CreateLogger<ModelWatch>());
        await watch.LookAsync(default);
        var model = SomeModels.Leaning(0.1f);
        _folder.Keep(model);
        _folder.Put("0002-0123456789ab.model", [1, 2, 3]);
        await watch.LookAsync(default);
        Assert.Equal(Model.Shipped.Manifest.Version, _scorers.Current.Version);
        full.Room = 1;
        await watch.LookAsync(default);
        full.Room = 9;
        await watch.LookAsync(default);

        Assert.Equal(model.Manifest.Version, _scorers.Current.Version);
        Assert.Equal(
            [$"From now on model {model.Manifest.Version} judges", "The model 0002-0123456789ab.model can't be used"],
            (await NoticesAsync()).Select(notice => notice[..notice.IndexOfAny([',', ':'])]));
    }

    [Fact]
    public async Task A_damaged_file_is_refused_once_and_the_good_model_stays_also_across_a_restart()
    {
        var good = SomeModels.Leaning(0.1f);
        _folder.Keep(good);
        await LookAsync();
        _folder.Put("0002-0123456789ab.model", [1, 2, 3]);
        await LookAsync();
        await LookAsync();
        Assert.Equal(good.Manifest.Version, _scorers.Current.Version);
        Assert.Single(_logs.Lines, line => line is { Event: 802, Level: LogLevel.Error });
        var told = $"The model 0002-0123456789ab.model can't be used: It is no model of a team. Model {good.Manifest.Version} judges. Remove the file, or train again: listeningbot train --from-cases";
        Assert.Equal([told], await NoticesAsync());

        Restart();
        await LookAsync();
        Assert.Equal(good.Manifest.Version, _scorers.Current.Version);
        Assert.Equal([told], await NoticesAsync());
    }

    [Fact]
    public async Task What_was_read_stays_in_force_when_its_file_is_damaged_later()
    {
        _folder.Keep(SomeModels.Leaning(0.1f));
        var name = _folder.Keep(SomeModels.Leaning(0.2f));
        await LookAsync();
        var inForce = _scorers.Current.Version;
        _folder.Put(name, [1, 2, 3]);
        await LookAsync();
        _folder.Put("0003-0123456789ab.model", [1, 2, 3]);
        await LookAsync();

        Assert.Equal(inForce, _scorers.Current.Version);
        Assert.Equal(2, (await NoticesAsync()).Count);
    }

    [Fact]
    public async Task After_an_upgrade_the_shipped_model_judges_and_it_says_once_how_to_train_again()
    {
        _folder.Put("0001-0123456789ab.model", SomeModels.Bytes(SomeModels.Leaning(0.1f, "ba9876543210")));
        _folder.Put("0002-0123456789ab.model", SomeModels.Bytes(SomeModels.Leaning(0.2f, "ba9876543210")));
        await LookAsync();
        Restart();
        await LookAsync();

        Assert.Equal(Model.Shipped.Manifest.Version, _scorers.Current.Version);
        Assert.Equal(
            [$"Your team's model 0002-0123456789ab.model was learned for another version of this program and does not fit any more. Model {Model.Shipped.Manifest.Version} (the shipped one) judges. Train again: listeningbot train --from-cases"],
            await NoticesAsync());
    }

    [Fact]
    public async Task Machines_that_share_a_database_say_whose_models_they_speak_of_and_repeat_nothing_after_one_another()
    {
        var theirs = new ModelFolder(Path.Combine(_temp.Folder, "theirs"));
        using var web1 = Watch(_folder, "web1");
        using var web2 = Watch(theirs, "web2");
        await web1.LookAsync(default);
        await web2.LookAsync(default);
        var model = SomeModels.Leaning(0.1f);
        _folder.Keep(model);
        theirs.Put("0001-0123456789ab.model", [1, 2, 3]);

        await web1.LookAsync(default);
        await web2.LookAsync(default);
        using var again = Watch(_folder, "web1");
        using var more = Watch(theirs, "web2");
        await again.LookAsync(default);
        await more.LookAsync(default);

        Assert.Equal(
            [
                $"Machine \"web1\": From now on model {model.Manifest.Version} judges, which learned from 60 verdicts of yours. Copy its folder `models` to the other machines, which judge by their own. Back to the one before: listeningbot train --rollback",
                $"Machine \"web2\": The model 0001-0123456789ab.model can't be used: It is no model of a team. Model {Model.Shipped.Manifest.Version} (the shipped one) judges. Remove the file, or train again: listeningbot train --from-cases",
            ],
            await NoticesAsync());
    }

    private ModelWatch Watch(ModelFolder folder, string machine) =>
        new(folder, new ScorerBook(), _temp.Store, new RoomBells(_clock), _clock, _logs.CreateLogger<ModelWatch>(), new NodeName(machine, "1.0"));

    private Task LookAsync() => _watch.LookAsync(default);

    private void Restart()
    {
        _scorers.Swap(new Scorer());
        _watch.Dispose();
        _watch = Watch();
    }

    private ModelWatch Watch() => new(_folder, _scorers, _temp.Store, new RoomBells(_clock), _clock, _logs.CreateLogger<ModelWatch>());

    private Task<List<string>> NoticesAsync() => _temp.ReadAsync(view =>
    {
        var notices = new List<string>();
        for (var id = 1; view.NoticeOf(id) is { } notice; id++)
        {
            notices.Add(notice.Text);
        }
        return notices;
    });
}
