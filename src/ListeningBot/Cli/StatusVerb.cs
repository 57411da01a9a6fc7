using System.CommandLine;
using System.Text.Json.Nodes;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>`status`: the state in one screen, beside a running bot or without one. Exit code 0: all is well; 1: something needs a human, and what it is stands there with its cure.</summary>
internal static class StatusVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static Command Create()
    {
        var verb = new Command("status", "How it is: what runs, what is heard, what waits, and what needs a human now; also while the bot runs. Exit code 0: all is well, 1: something needs a human") { StoreVerb.Json };
        verb.SetAction((parsed, ct) => RunAsync(parsed.GetValue(CommandLine.ConfigOption), parsed.GetValue(StoreVerb.Json), Console.Out, VerbPaper.Standard(), TimeProvider.System, ct));
        return verb;
    }

    public static async Task<int> RunAsync(DirectoryInfo? folder, bool json, TextWriter output, VerbPaper paper, TimeProvider time, CancellationToken ct)
    {
        var reading = new SettingsReader(Sources.Of(folder), Program.ChannelKinds, Program.NotifierKinds).Read();
        var settings = reading.Settings ?? reading.AsFarAsRead;
        var address = OwnAddress.Of(settings.Web.Listen);
        var answered = await AskProgramAsync(address, ct);
        var isAnother = answered is { StoreMark: { } mark } && reading.StoreUnknown is null && mark != reading.Store.Mark;
        var program = isAnother ? null : answered;
        var now = program?.Now ?? time.GetUtcNow();
        var (store, fault) = reading.StoreUnknown is { } why ? (null, why) : await LookAsync(reading.Store, now, ct);
        var errors = reading.Problems.Count(problem => program is null || !problem.IsAbsentSecret);
        var state = new StatusState(now, reading.StoreUnknown is null ? reading.Store.ToString() : "not known", errors, program, store, fault)
        {
            RoleOf = settings.Channels.ToDictionary(channel => channel.Name, Hosting.Cluster.Roles.OfChannel),
            AnswersAt = address,
            IsAnother = isAnother,
            IsShared = reading.StoreUnknown is null && reading.Store.IsShared,
            HasGoodVersion = store is { Config: not null } || (store is null && reading.StoreUnknown is null && Stores.MayBeThere(reading.Store)),
        };
        var needs = StatusNeeds.Of(state).ToList();
        if (json)
        {
            await output.WriteLineAsync(StatusVerbJson.Of(state, needs).ToJsonString());
        }
        else
        {
            new StatusVerbScreen(state, needs).WriteTo(paper);
        }
        return needs.Count == 0 ? Exit.Done : Exit.BadInput;
    }

    /// <summary>What the running program says of itself; null when none answers.</summary>
    internal static async Task<ProgramState?> AskProgramAsync(Uri? address, CancellationToken ct)
    {
        if (address is null)
        {
            return null;
        }
        using var http = OwnPort.NewClient(Patience);
        try
        {
            return ProgramState.Of(address, JsonNode.Parse(await (await http.GetAsync(new Uri(address, "/readyz"), ct)).Content.ReadAsStringAsync(ct)));
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException or InvalidOperationException or FormatException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    private static async Task<(StoreState?, string?)> LookAsync(StorePlace place, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            await using var store = Stores.OpenBeside(place);
            return (await store.ReadAsync(view => StoreState.Of(view, now), ct), null);
        }
        catch (StoreException e)
        {
            return (null, ByItself.NoMore(e));
        }
        catch (IOException e)
        {
            return (null, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Who asks how it is wants an answer, above all when the store is broken.
            return (null, $"{e.Message.TrimEnd('.')}. Look at it with listeningbot storage check.");
        }
    }
}
