using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>What is live, what is held and why, and how the files here stand to it.</summary>
internal sealed class ConfigVerbStatus(SettingsReader reader)
{
    public async Task<int> WriteAsync(IStore store, VerbPaper paper, CancellationToken ct)
    {
        foreach (var line in await store.ReadAsync(view => Lines(view).ToList(), ct))
        {
            paper.Write(line);
        }
        return Exit.Done;
    }

    private IEnumerable<string> Lines(IStoreView view)
    {
        yield return ConfigStanding.Live(view) ?? "No configuration was live yet: the first start of the bot keeps the first version.";
        foreach (var line in ConfigStanding.HeldLines(view))
        {
            yield return line;
        }
        if (view.LatestConfigId() > 0)
        {
            yield return ConfigStanding.Differs(view, FilesHere(reader.Node, reader.Read())) ?? "The files here are what is live.";
        }
    }

    /// <summary>For somebody who asks whether the files are good: that they are not what is live, and which open cases they leave without a team. Nothing where no bot has run yet.</summary>
    public static async Task TellStandingAsync(string node, SettingsReading read, Settings settings, VerbPaper paper, CancellationToken ct)
    {
        if (!Stores.MayBeThere(read.Store))
        {
            return;
        }
        try
        {
            await using var store = Stores.OpenBeside(read.Store);
            var (differs, lost) = await store.ReadAsync(view => (ConfigStanding.Differs(view, FilesHere(node, read)), LostTeam.In(view, settings.HasLost)), ct);
            if (differs is not null)
            {
                paper.Write(differs);
            }
            foreach (var team in lost)
            {
                paper.Write(team.InWords());
            }
        }
        catch (StoreException e)
        {
            paper.Write($"Whether these files are live can't be told: {ByItself.NoMore(e)}");
        }
    }

    /// <summary>Secrets that have no value for this account are no fault of the files: the service has been given them.</summary>
    public static FilesHere FilesHere(string node, SettingsReading read) => new(node, read.Texts.Print(), read.Problems.Count(problem => !problem.IsAbsentSecret));
}
