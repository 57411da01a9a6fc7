using System.ComponentModel;
using ListeningBot.Core.Text;
using ListeningBot.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Configuration;

/// <summary>The program's own sections of appsettings.json: Storage, Web, Http, Alerting, Canary, Guard, Retention, Logging.</summary>
internal sealed class OwnSections(MapNode root, Problems problems)
{
    private const int MostSampled = 1_000_000;
    private const int MostSampleDays = 366;

    public StorageSettings Storage(string folder)
    {
        var storage = Read<StorageSettings>("Storage");
        if (string.IsNullOrWhiteSpace(storage.Path) || storage.Path.Contains('\0', StringComparison.Ordinal))
        {
            problems.Add(PlaceOf("Storage:Path"), "Storage:Path is empty", "Give a file, such as \"data/listeningbot.db\".");
            return storage;
        }
        if (storage.Connection.Length > 0 && PostgresPlace.Parse(storage.Connection, out var problem, out var cure) is null)
        {
            problems.Add(PlaceOf("Storage:Connection"), $"Storage:Connection {problem}", cure);
        }
        if (storage.SampleSize is < 0 or > MostSampled)
        {
            problems.Add(PlaceOf("Storage:SampleSize"), $"Storage:SampleSize is {storage.SampleSize}, not from 0 to {MostSampled}", "Write 20000, or 0 to keep no post that matched nothing.");
        }
        if (storage.SampleDays is < 1 or > MostSampleDays)
        {
            problems.Add(PlaceOf("Storage:SampleDays"), $"Storage:SampleDays is {storage.SampleDays}, not from 1 to {MostSampleDays}", "Write 30 for thirty days. To keep none, write \"SampleSize\": 0.");
        }
        return storage with { Path = Path.GetFullPath(Path.Combine(Path.GetFullPath(folder.Length == 0 ? "." : folder), storage.Path)) };
    }

    public WebSettings Web()
    {
        var web = Read<WebSettings>("Web");
        var address = web.Listen.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal);
        if (web.Listen.Length > 0 && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0))
        {
            problems.Add(PlaceOf("Web:Listen"), $"Web:Listen is {Problems.Quote(web.Listen)}, not an address to listen on", "Write \"http://127.0.0.1:8473\", or \"\" to switch it off.");
        }
        return web;
    }

    public HttpSettings Http()
    {
        var http = Read<HttpSettings>("Http");
        for (var i = 0; i < http.AllowPrivateHosts.Count; i++)
        {
            if (!IsHost(http.AllowPrivateHosts[i]))
            {
                problems.Add(PlaceOf($"Http:AllowPrivateHosts:{i}"), $"Http:AllowPrivateHosts has {Problems.Quote(http.AllowPrivateHosts[i])}, not a host", "Write \"intranet.example\" or \"127.0.0.1:8080\", without https:// and path.");
            }
        }
        using var request = new HttpRequestMessage();
        if (!request.Headers.UserAgent.TryParseAdd(http.UserAgent))
        {
            problems.Add(PlaceOf("Http:UserAgent"), "Http:UserAgent can't be sent as a header", "Write it like \"ListeningBot/0.1 (care@example.com)\".");
        }
        return http;
    }

    public AlertingSettings Alerting()
    {
        var alerting = Read<AlertingSettings>("Alerting");
        if (alerting.BurstFrom < 0)
        {
            problems.Add(PlaceOf("Alerting:BurstFrom"), $"Alerting:BurstFrom is {alerting.BurstFrom}, less than nothing", "Write 20, or 0 to give each case a card of its own, however many come.");
        }
        if (alerting.BurstWithin < TimeSpan.FromMinutes(1) || alerting.BurstWithin > TimeSpan.FromDays(1))
        {
            problems.Add(PlaceOf("Alerting:BurstWithin"), $"Alerting:BurstWithin is {alerting.BurstWithin:c}, not from a minute to a day", "Write \"00:10:00\" for ten minutes.");
        }
        return alerting;
    }

    /// <param name="rooms">All that there are.</param>
    public CanarySettings Canary(IReadOnlyList<string> rooms)
    {
        var canary = Read<CanarySettings>("Canary");
        if (canary.Every != TimeSpan.Zero && (canary.Every < TimeSpan.FromMinutes(10) || canary.Every > TimeSpan.FromDays(31)))
        {
            problems.Add(PlaceOf("Canary:Every"), $"Canary:Every is {canary.Every:c}, not from ten minutes to 31 days", "Write \"06:00:00\" for every six hours, or \"00:00:00\" for only when asked.");
        }
        if (canary.Within < TimeSpan.FromSeconds(10) || canary.Within > TimeSpan.FromDays(1))
        {
            problems.Add(PlaceOf("Canary:Within"), $"Canary:Within is {canary.Within:c}, not from ten seconds to a day", "Write \"00:05:00\" for five minutes.");
        }
        for (var i = 0; i < canary.Rooms.Count; i++)
        {
            if (!rooms.Contains(canary.Rooms[i], StringComparer.Ordinal))
            {
                problems.Add(PlaceOf($"Canary:Rooms:{i}"), $"Canary:Rooms has {Problems.Quote(canary.Rooms[i])}, which is no room", Nearest.Cure(canary.Rooms[i], [.. rooms], ""));
            }
        }
        return canary.Rooms.Count > 0 ? canary : canary with { Rooms = [SettingsReader.OpsRoom] };
    }

    public GuardSettings Guard()
    {
        var guard = Read<GuardSettings>("Guard");
        if (guard.Days is < 0 or > 365)
        {
            problems.Add(PlaceOf("Guard:Days"), $"Guard:Days is {guard.Days}, not from 0 to 365", "Write 30, or 0 to hold no change ever.");
        }
        if (guard.Factor != 0 && guard.Factor is not (>= 1.5 and <= 1000))
        {
            problems.Add(PlaceOf("Guard:Factor"), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Guard:Factor is {guard.Factor}, not from 1.5 to 1000"), "Write 3, or 0 to hold no change for its number of alerts.");
        }
        return guard;
    }

    public RetentionSettings Retention()
    {
        var kept = Read<RetentionSettings>("Retention");
        (string Key, int Days, int Least)[] all =
        [
            ("CaseDays", kept.CaseDays, RetentionSettings.LeastCaseDays), ("MaybeDays", kept.MaybeDays, RetentionSettings.LeastCaseDays),
            ("AsideDays", kept.AsideDays, 1), ("PressDays", kept.PressDays, 1), ("ListDays", kept.ListDays, 1), ("LedgerDays", kept.LedgerDays, 1),
        ];
        foreach (var (key, days, least) in all.Where(one => one.Days != 0 && (one.Days < one.Least || one.Days > RetentionSettings.MostDays)))
        {
            problems.Add(PlaceOf($"Retention:{key}"), $"Retention:{key} is {days}, not from {least} to {RetentionSettings.MostDays}", "Write a number of days, such as 180, or 0 to keep it for ever.");
        }
        return kept;
    }

    public IReadOnlyDictionary<string, LogLevel> LogLevels() =>
        Read<LoggingSection>("Logging").LogLevel.ToDictionary(l => l.Key, l => l.Value, StringComparer.OrdinalIgnoreCase);

    private T Read<T>(string name)
        where T : class, new()
    {
        if (root.ValueOf(name) is not { } node)
        {
            return new T();
        }
        if (node is not MapNode map)
        {
            problems.Add(node.Place, $"{name} is not a group of settings", $"Write \"{name}\": {{ ... }}.");
            return new T();
        }
        var before = problems.Count;
        OptionsShape.Check(map, typeof(T), name, problems);
        return problems.Count > before ? new T() : Section.Of(map).Get<T>() ?? new T();
    }

    private Place PlaceOf(string path) => root.Nearest(path).Place;

    private static bool IsHost(string host) =>
        Uri.TryCreate("http://" + host, UriKind.Absolute, out var uri) && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0 && !host.EndsWith('/');
}

[Description("What goes to the log.")]
internal sealed record LoggingSection
{
    [Description("Category (or Default) to its least level.")]
    public Dictionary<string, LogLevel> LogLevel { get; init; } = [];
}
