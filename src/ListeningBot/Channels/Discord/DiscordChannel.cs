using System.Runtime.CompilerServices;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Net;
using ListeningBot.Notifiers.Discord;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Discord;

/// <summary>
/// Messages of chosen channels of a server, through the session of the notifier's bot. What was written while there was no session is read back first;
/// the cursor moves only when all that was heard is stored.
/// </summary>
internal sealed class DiscordChannel(ChannelContext context, DiscordChannelOptions options) : IChannel
{
    private const int LargestBatch = 200;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(60);

    /// <summary>Nothing tells that a right was taken or given.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly ILogger _log = context.Logs.CreateLogger<DiscordChannel>();

    /// <summary>Throws <see cref="ChannelException"/> when no such bot is configured.</summary>
    public static Listeners BotOf(ChannelContext context, DiscordChannelOptions options) => context.Notifier is DiscordNotifier notifier
        ? notifier.Listeners
        : throw new ChannelException($"There is no Discord notifier named \"{options.Notifier}\" that could listen here. Configure one below Notifiers, or name another in the option Notifier. `read` can't ask this channel.") { NeedsOperator = true };

    public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
    {
        var bot = BotOf(context, options);
        using var ear = new Ear(bot, options.Patience, context.Time);
        var asking = new Asking(bot.Rest, context.Time);
        var places = await LookAsync(asking, ct);
        var steady = new SteadyClock(context.Time);
        var heard = new Understanding(context.Name, _log);
        var cursor = DiscordCursor.Parse(since);
        var lookAgain = DateTimeOffset.MinValue;
        while (true)
        {
            if (ear.MustReadBack || steady.GetUtcNow() >= lookAgain)
            {
                places = lookAgain == DateTimeOffset.MinValue ? places : await LookAsync(asking, ct);
                await ear.ConnectedAsync(ct);
                ear.Begin();
                _log.ReadsBack(context.Name);
                await foreach (var page in new ReadingBack(asking, places, context.Time).PagesAsync(cursor, ct))
                {
                    heard.Add(page, places);
                    yield return BatchOf(heard, cursor, page.FirstContact);
                }
                lookAgain = steady.GetUtcNow() + LookAgain;
            }
            foreach (var (happened, data) in ear.Take(LargestBatch))
            {
                await heard.HearAsync(happened, data, places, ct);
            }
            if (ear.HasCaughtUp)
            {
                cursor = cursor.To(heard.Newest, [.. places.Chosen.Select(chosen => chosen.Id)], context.Time.GetUtcNow());
            }
            yield return BatchOf(heard, cursor, firstContact: false);
            if (!ear.HasWork)
            {
                await ear.WaitAsync(Quiet, ct);
            }
        }
    }

    private static PostBatch BatchOf(Understanding heard, DiscordCursor cursor, bool firstContact)
    {
        var (changes, aside) = heard.TakeAll();
        return PostBatch.OfChanges(changes, cursor.ToCursor(), firstContact, aside: aside);
    }

    /// <summary>A channel that can't be read stops none of the others.</summary>
    private async Task<Places> LookAsync(Asking asking, CancellationToken ct)
    {
        var places = await Places.OfAsync(asking, options, context.Name, ct);
        _told.IntersectWith(places.Faults.Values);
        foreach (var fault in places.Faults.Values.Where(_told.Add))
        {
            _log.PlaceNotHeard(context.Name, fault);
        }
        var found = options.Channels.Distinct(StringComparer.Ordinal).ToDictionary(PlaceOf, places.Faults.GetValueOrDefault);
        await context.Looked(new PlacesLook(found.Keys, found) { ReadsBack = DiscordCursor.FirstContact }, ct);
        return places;
    }

    private static string PlaceOf(string id) => "channel " + id;
}
