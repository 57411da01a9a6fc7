using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>What verbs that look into the store of a running bot have in common.</summary>
internal static class StoreVerb
{
    public static Option<string?> Channel { get; } = new("--channel") { Description = "Only this channel, by its name in the configuration" };
    public static Option<bool> Json { get; } = new("--json") { Description = "One JSON object a line instead of a table" };

    /// <param name="what">"gaps that ended since then".</param>
    public static Option<string?> Since(string what)
    {
        var since = new Option<string?>("--since") { Description = $"Only {what}. A day or a moment in UTC: 2026-11-01, 2026-11-01T08:00" };
        since.Validators.Add(RefuseNoTime);
        return since;
    }

    /// <summary>Of what passed the check; null for null.</summary>
    public static DateTimeOffset? TimeOf(string? text) => text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static async Task<int> RunAsync(ParseResult parsed, Func<IStore, Task<int>> work)
    {
        try
        {
            await using var store = Stores.OpenBeside(PlaceOf(parsed));
            return await work(store);
        }
        catch (StoreException e)
        {
            await Console.Error.WriteLineAsync(ByItself.NoMore(e));
            return Exit.BadInput;
        }
    }

    /// <summary>Throws <see cref="StoreException"/> where the configuration can't tell it: another store than the bot's must not be looked at, still less written.</summary>
    public static StorePlace PlaceOf(ParseResult parsed)
    {
        var reading = Read(parsed);
        return reading.StoreUnknown is { } why ? throw new StoreException(why) : reading.Store;
    }

    /// <summary>Throws <see cref="StoreException"/> where a bot answers that runs on this very place: its lock may have been moved away with the files.</summary>
    public static async Task ExpectNoBotAsync(ParseResult parsed, CancellationToken ct)
    {
        var reading = Read(parsed);
        await ExpectNoBotAsync(OwnAddress.Of((reading.Settings ?? reading.AsFarAsRead).Web.Listen), PlaceOf(parsed), ct);
    }

    internal static async Task ExpectNoBotAsync(Uri? address, StorePlace place, CancellationToken ct)
    {
        if (await StatusVerb.AskProgramAsync(address, ct) is { StoreMark: { } mark } && mark == place.Mark)
        {
            throw StoreFaults.BotAnswers(place, address!);
        }
    }

    /// <summary>Whether what stands in a room can be changed: not on the console. Null where the configuration has errors.</summary>
    public static Func<string, bool>? ReachesOf(ParseResult parsed) => Read(parsed).Settings is { } settings ? room => Reaches(settings, room) : null;

    /// <summary>Null where the configuration has errors.</summary>
    public static IReadOnlyCollection<string>? ChannelsOf(ParseResult parsed) => Read(parsed).Settings is { } settings ? [.. settings.Channels.Select(channel => channel.Name)] : null;

    internal static bool Reaches(Settings settings, string room) => settings.RoomOf(room) is { } found && found.Notifier != NotifiersSection.Console;

    private static SettingsReading Read(ParseResult parsed) => new SettingsReader(Sources.Of(parsed.GetValue(CommandLine.ConfigOption)), Program.ChannelKinds, Program.NotifierKinds).Read();

    private static void RefuseNoTime(OptionResult result)
    {
        if (result.Tokens is [var given] && !DateTimeOffset.TryParse(given.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            result.AddError($"--since is \"{given.Value}\", no day and no moment. Write --since 2026-11-01");
        }
    }
}
