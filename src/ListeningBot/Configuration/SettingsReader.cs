using ListeningBot.Channels;
using ListeningBot.Configuration.Teams;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring.Training;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;
using ListeningBot.Notifiers;
using ListeningBot.Storage;

namespace ListeningBot.Configuration;

/// <summary>What reading gave: settings, or every problem at once.</summary>
/// <param name="Settings">Null when there is any problem.</param>
/// <param name="StorePath">The store's file, as far as that could be read; what lies in files beside the store has its place there also when the store is a server's.</param>
public sealed record SettingsReading(Settings? Settings, IReadOnlyList<Problem> Problems, string StorePath, SourceTexts Texts)
{
    /// <summary>What is likely not meant; it keeps nothing from going live.</summary>
    public IReadOnlyList<Problem> Warnings { get; init; } = [];

    /// <summary>Where the store is, as far as that could be read.</summary>
    public StorePlace Store => new(StorePath, AsFarAsRead.Storage.Connection);

    /// <summary>Why nobody can tell where the store is: appsettings.json can't be read, and nothing beside it names the place. Null: <see cref="Store"/> is it.</summary>
    public string? StoreUnknown { get; init; }

    /// <summary>What could be read all the same: to explain a text with, never to run with.</summary>
    public required Settings AsFarAsRead { get; init; }
}

/// <summary>Reads the whole configuration. Malformed or wrong, it never throws: it tells all problems with file, line and cure.</summary>
public sealed class SettingsReader(Sources sources, IReadOnlyList<ChannelKind> channelKinds, IReadOnlyList<NotifierKind> notifierKinds)
{
    public const string OpsRoom = "ops";
    private const string DefaultRoom = RoomDirectory.Default;

    /// <summary>Rooms that are no team's.</summary>
    internal static readonly string[] OwnRooms = [OpsRoom, CaseWriter.PrivateRoom, CaseWriter.ShadowRoom];
    internal static readonly string[] TopKeys = ["$schema", "Channels", "Notifiers", "Rooms", "Storage", "Web", "Http", "Alerting", "Canary", "Guard", "Retention", "Logging"];

    /// <summary>This machine and folder.</summary>
    public string Node => sources.Node;

    public SettingsReading Read() => Read(LoadTexts());

    /// <summary>The texts as they stand now, to be compared or read.</summary>
    public SourceTexts LoadTexts() => sources.Read();

    public SettingsReading Read(SourceTexts texts) => Read(texts, tried: null);

    /// <param name="tried">A watch to be put among those of the file, or in the place of the one that has its name.</param>
    /// <param name="measuring">Also measure how common the words of watches are, which takes some tenths of a second.</param>
    internal SettingsReading Read(SourceTexts texts, TriedWatch? tried, bool measuring = false)
    {
        var problems = new Problems();
        RefuseMissingFolder(problems);
        RefuseUnknownFiles(texts, problems);
        var app = AppSettings(texts, problems);
        var storage = app is null ? StorageAlone(texts) : null;
        var storeUnknown = StoreUnknown(app ?? storage, problems);
        var watches = Managers(Sources.Watches, "watches:", texts, problems);
        tried?.PutInto(watches ??= Nothing(Sources.Watches));
        var responders = Managers(Sources.Responders, "members:", texts, problems);
        var playbook = new PlaybookFiles(Managers(Sources.Replies, "answer:", texts, problems), Managers(Sources.Gestures, "gestures:", texts, problems), problems).Read();
        var reading = new Pass(app ?? storage ?? Nothing(Sources.AppSettings), watches ?? Nothing(Sources.Watches), responders ?? Nothing(Sources.Responders), playbook, channelKinds, notifierKinds, problems);
        var settings = reading.Whole(texts, channelsKnown: app is not null, watchesKnown: watches is not null, new Place(sources.Shown(Sources.Watches), null), measuring);
        if (problems.Count == 0)
        {
            SearchWarnings.Warn(settings, new Place(sources.Shown(Sources.Watches), null), problems);
        }
        return new SettingsReading(problems.Count == 0 ? settings : null, problems.All(), settings.Storage.Path, texts) { Warnings = problems.Warnings(), AsFarAsRead = settings, StoreUnknown = storeUnknown };
    }

    private void RefuseMissingFolder(Problems problems)
    {
        if (sources.Folder.Length > 0 && !Directory.Exists(sources.Folder))
        {
            problems.Add(new Place(sources.Folder, null), "there is no such folder", "Give --config the folder that holds appsettings.json.");
        }
    }

    private static void RefuseUnknownFiles(SourceTexts texts, Problems problems)
    {
        string[] names = [.. Sources.ManagersFiles.Select(name => Path.GetFileNameWithoutExtension(name))];
        foreach (var file in texts.Files.Where(f => f.Name != Sources.AppSettings && !Sources.ManagersFiles.Contains(f.Name, StringComparer.Ordinal) && !CalendarFiles.IsCalendar(f.Name)))
        {
            var meant = Nearest.To(Path.GetFileNameWithoutExtension(file.Name), names) is { } near ? $"{near}.yaml" : string.Join(" or ", names.Select(name => $"{name}.yaml"));
            problems.Add(new Place(file.Shown, null), "is a file that nothing reads", $"Rename it to {meant}, or move it out of config/.");
        }
    }

    private MapNode? AppSettings(SourceTexts texts, Problems problems)
    {
        var root = texts.File(Sources.AppSettings) is not { } file ? Nothing(Sources.AppSettings)
            : file.Text(problems) is { } text ? JsonTree.Read(text, file.Shown, problems)
            : null;
        if (root is null)
        {
            return null;
        }
        Overlay.Apply(root, texts, problems);
        foreach (var entry in root.Entries.Where(e => !TopKeys.Contains(e.Key, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Add(entry.Place, $"has an unknown key {Problems.Quote(entry.Key)}", Nearest.Cure(entry.Key, TopKeys, ""));
        }
        return root;
    }

    /// <summary>What stands beside an appsettings.json that can't be read still tells where the store is, and in it the last good version; null when it does not.</summary>
    private MapNode? StorageAlone(SourceTexts texts)
    {
        var beside = Nothing(Sources.AppSettings);
        Overlay.Apply(beside, texts, new Problems());
        if (beside.EntryOf("Storage") is not { } entry)
        {
            return null;
        }
        var alone = Nothing(Sources.AppSettings);
        alone.Set(entry);
        return alone;
    }

    private string? StoreUnknown(MapNode? app, Problems problems)
    {
        string[] told = [sources.Folder, sources.Shown(Sources.AppSettings)];
        var trouble = problems.All().FirstOrDefault(problem => told.Contains(problem.File, StringComparer.Ordinal));
        var isKnown = app is not null && (app.EntryOf("Storage") is not null || sources.Folder.Length == 0 || Directory.Exists(sources.Folder));
        return isKnown || trouble is null ? null : $"Where the store is can't be told, so nothing was done. {trouble}";
    }

    /// <summary>Null when it can't be read, and that is told.</summary>
    /// <param name="begin">What a good file begins with, for whoever has lost the way.</param>
    private MapNode? Managers(string name, string begin, SourceTexts texts, Problems problems) =>
        texts.File(name) is not { } file ? Nothing(name)
        : file.Text(problems) is { } text ? YamlTree.Read(text, file.Shown, begin, problems)
        : null;

    private MapNode Nothing(string file) => new(new Place(sources.Shown(file), null), StringComparer.OrdinalIgnoreCase);

    /// <summary>One reading of all files.</summary>
    private sealed class Pass(MapNode app, MapNode watchesRoot, MapNode respondersRoot, Playbook playbook, IReadOnlyList<ChannelKind> channelKinds, IReadOnlyList<NotifierKind> notifierKinds, Problems problems)
    {
        public Settings Whole(SourceTexts texts, bool channelsKnown, bool watchesKnown, Place watchesFile, bool measuring)
        {
            var own = new OwnSections(app, problems);
            var channelsSection = new ChannelsSection(app, channelKinds, problems);
            var channels = channelsSection.Read();
            var notifiersSection = new NotifiersSection(app, notifierKinds, problems);
            var rooms = notifiersSection.Rooms();
            var notifiers = notifiersSection.Read(rooms);
            var file = new WatchesFile(watchesRoot, problems);
            file.RefuseUnknownKeys();
            var watches = file.Watches(channelsKnown ? channelsSection.Names : null, [.. channelKinds.Select(kind => kind.Name)]);
            if (channels.Count > 0 && watchesKnown && watchesRoot.ValueOf("watches") is null or ListNode { Items.Count: 0 })
            {
                var (what, cure) = texts.File(Sources.Watches) is null
                    ? ("is missing, so nothing would be heard", "Write one; config/README.md shows how. Watches that were live come back with `listeningbot config history` and `config restore`.")
                    : ("has no watch, so nothing would be heard", "Write one; config/README.md shows how.");
                problems.Add(watchesFile, what, cure);
            }
            var known = new KnownNames(watchesKnown ? watches : null, channelsKnown ? [.. channelsSection.Names, .. channelKinds.Select(kind => kind.Name)] : null, notifierKinds);
            var responders = new RespondersFile(respondersRoot, texts, problems).Read(known);
            var canary = own.Canary([.. rooms.Select(room => room.Name), .. OwnRooms]);
            if (problems.Count == 0)
            {
                file.Warn([.. WatchAdvice.Of(watches, KindsOf(channels), [.. channelKinds.Where(kind => kind.HasStars).Select(kind => kind.Name)]), .. measuring ? CommonWords.Of(watches, Corpus.Texts()) : []]);
                string[] teams = [.. responders.Teams.Select(team => team.Name), .. rooms.Select(room => room.Name).Except([DefaultRoom, .. OwnRooms], StringComparer.OrdinalIgnoreCase)];
                file.WarnOfTeams(watches, teams, meantElsewhere: responders.Teams.Count == 0 && Named(rooms, DefaultRoom) is not null);
            }
            return new Settings
            {
                Channels = channels,
                Notifiers = notifiers,
                Rooms = RoomsOf([.. watches.Select(w => w.Team), .. responders.Teams.Select(t => t.Name), .. canary.Rooms], rooms),
                Watches = watches,
                Ours = file.Ours(responders.Accounts),
                Responders = responders,
                RespondersPrint = texts.HashOf(name => name == Sources.Responders || CalendarFiles.IsCalendar(name)),
                Playbook = playbook,
                Storage = own.Storage(texts.Folder),
                Web = own.Web(),
                Http = own.Http(),
                Alerting = own.Alerting(),
                Canary = canary,
                Guard = own.Guard(),
                Retention = own.Retention(),
                LogLevels = own.LogLevels(),
            };
        }

        /// <summary>Nothing is sure where a channel brings posts of other channels.</summary>
        private static Dictionary<string, string> KindsOf(IReadOnlyList<ChannelSettings> channels) =>
            channels.Any(channel => channel.Kind.ShowsOtherKinds) ? [] : channels.ToDictionary(channel => channel.Name, channel => channel.Kind.Name, StringComparer.OrdinalIgnoreCase);

        /// <summary>Also of teams that nobody names any more: their open cases are still shown in the rooms that they have. What is private needs people who read it, so it goes to a team's room sooner than to the console; a shadow watch is for nobody's eyes but the operators'.</summary>
        private static List<Room> RoomsOf(IReadOnlyList<string> teams, IReadOnlyList<Room> configured)
        {
            var console = new Room(DefaultRoom, NotifiersSection.Console, "");
            var fallback = Named(configured, DefaultRoom) ?? console;
            List<Room> own = [.. teams.Where(t => !OwnRooms.Contains(t)).Distinct(StringComparer.Ordinal).Select(team => (Named(configured, team) ?? fallback) with { Name = team })];
            var @private = Named(configured, CaseWriter.PrivateRoom) ?? Named(configured, DefaultRoom) ?? own.Find(room => room.Notifier != NotifiersSection.Console) ?? console;
            return
            [
                .. own,
                .. configured.Where(room => !own.Select(team => team.Name).Concat(OwnRooms).Contains(room.Name, StringComparer.OrdinalIgnoreCase)),
                (Named(configured, OpsRoom) ?? console) with { Name = OpsRoom },
                @private with { Name = CaseWriter.PrivateRoom },
                (Named(configured, CaseWriter.ShadowRoom) ?? console) with { Name = CaseWriter.ShadowRoom },
            ];
        }

        private static Room? Named(IReadOnlyList<Room> rooms, string name) => rooms.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase));
    }
}
