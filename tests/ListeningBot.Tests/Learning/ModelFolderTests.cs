using ListeningBot.Core.Scoring;
using ListeningBot.Learning;

namespace ListeningBot.Tests.Learning;

public sealed class ModelFolderTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("models");
    private readonly ModelFolder _folder;

    public ModelFolderTests() => _folder = ModelFolder.Beside(Path.Combine(_parent.FullName, "bot.db"));

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public void Without_a_folder_the_shipped_model_is_in_use()
    {
        Assert.Same(Model.Shipped, _folder.InUse().Model);
        Assert.Empty(_folder.List());
        Assert.Null(_folder.RollBack());
    }

    [Fact]
    public void The_newest_is_in_use_and_rolling_back_goes_down_to_the_shipped_one()
    {
        var (first, second, third) = (SomeModels.Leaning(0.1f), SomeModels.Leaning(0.2f), SomeModels.Leaning(0.3f));
        Assert.Equal($"0001-{first.Manifest.Version}.model", _folder.Keep(first));
        _folder.Keep(second);
        Assert.Equal(second.Manifest.Version, _folder.InUse().Model.Manifest.Version);

        Assert.Equal(first.Manifest.Version, _folder.RollBack()!.Model.Manifest.Version);
        Assert.Same(Model.Shipped, _folder.RollBack()!.Model);
        Assert.Null(_folder.RollBack());
        Assert.Equal([true, true], _folder.List().Select(entry => entry.Off));

        Assert.Equal($"0003-{third.Manifest.Version}.model", _folder.Keep(third));
        Assert.Equal(third.Manifest.Version, _folder.InUse().Model.Manifest.Version);
        Assert.Same(Model.Shipped, _folder.RollBack()!.Model);
    }

    [Fact]
    public void Nothing_half_written_is_left_and_none_is_taken_for_a_model()
    {
        var name = _folder.Keep(SomeModels.Leaning(0.1f));
        _folder.Put(".0002-0123456789ab.model.5f.tmp", [1, 2, 3]);
        _folder.Put("notes.txt", [1, 2, 3]);

        Assert.Equal([name], _folder.List().Select(entry => entry.File));
    }

    [Fact]
    public void What_is_damaged_foreign_or_of_another_program_is_passed_over_with_the_reason()
    {
        var good = SomeModels.Leaning(0.1f);
        _folder.Keep(good);
        _folder.Put("0002-0123456789ab.model", [1, 2, 3]);
        _folder.Put("0003-0123456789ab.model", SomeModels.Bytes(SomeModels.Leaning(0.2f, "ba9876543210")));
        _folder.Put("0004-0123456789ab.model", SomeModels.Bytes(SomeModels.Leaning(0.2f))[..^9]);
        _folder.Put("mine.model", SomeModels.Bytes(SomeModels.Leaning(0.3f)));

        var inUse = _folder.InUse();

        Assert.Equal(good.Manifest.Version, inUse.Model.Manifest.Version);
        Assert.Equal(
            [
                ("mine.model", "It is not named like a model of ours (0001-0123456789ab.model)."),
                ("0004-0123456789ab.model", "It is cut off."),
                ("0003-0123456789ab.model", $"It was learned for the shipped model ba9876543210; this program ships {Model.Shipped.Manifest.Version}."),
                ("0002-0123456789ab.model", "It is no model of a team."),
            ],
            inUse.Faults.Select(fault => (fault.File, fault.Fault)));
        Assert.Equal($"0005-{good.Manifest.Version}.model", _folder.Keep(good));
    }

    [Fact]
    public void Each_change_leaves_another_trace()
    {
        var traces = new List<string> { _folder.Trace() };
        _folder.Keep(SomeModels.Leaning(0.1f));
        traces.Add(_folder.Trace());
        _folder.Put("0002-0123456789ab.model", [1]);
        traces.Add(_folder.Trace());
        _folder.Put("0002-0123456789ab.model", [1, 2]);
        traces.Add(_folder.Trace());
        File.Delete(Path.Combine(_folder.Path, "0002-0123456789ab.model"));
        _folder.RollBack();
        traces.Add(_folder.Trace());

        Assert.Equal(traces.Count, traces.Distinct().Count());
    }
}
