using System.Collections.Concurrent;
using ListeningBot.Core.Alerting;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Notifiers.Discord;

/// <summary>
/// Dossiers: each in the thread that is started from its case's card, and bears that message's id. Documented under "Threads" and "Start Thread from
/// Message" (API v10). What hinders a thread never holds up the cards of its room.
/// </summary>
internal sealed class Threads(Rest rest, ILogger log)
{
    private const int AlreadyStarted = 160004;
    private const int Archived = 50083;
    private const int AWeek = 7 * 24 * 60;
    private const int MostNames = 5000;

    private readonly Posting _posting = new(rest);

    /// <summary>Names as they stand there, so that a changed one is seen.</summary>
    private readonly ConcurrentDictionary<string, string> _names = [];

    public async Task<Delivery> PutAsync(Room room, DossierCard dossier, MessageAddress? known, CancellationToken ct)
    {
        if (known is not null)
        {
            return await EditAsync(room, dossier, known, ct);
        }
        if (MessageAddress.Parse(dossier.Under) is not { } under)
        {
            return new Delivery.Gone();
        }
        return await StartAsync(room, under, NameOf(dossier), ct)
            ?? await _posting.CreateAsync(dossier, under.Message, (reply, _) => reply is RestReply.Unsure unsure ? new Delivery.Unknown(unsure.Reason) : InThread(reply, room), ct);
    }

    /// <summary>Null when the thread is there.</summary>
    private async Task<Delivery?> StartAsync(Room room, MessageAddress under, string name, CancellationToken ct)
    {
        switch (await rest.SendAsync(Route.StartThread(under), new ThreadStart(name, AWeek), ct))
        {
            case RestReply.Done:
                Remember(under.Message, name);
                return null;
            case RestReply.Refused { Code: AlreadyStarted }:
                return null;
            case RestReply.Refused { Status: 404, Code: not 0 }:
                return new Delivery.Gone();
            case RestReply.Refused { Code: not Outcomes.MissingPermission } refused when Outcomes.IsLeftBehind(refused, under.Channel, room):
                return Outcomes.Left(refused, under.Channel);
            case var reply:
                return InThread(reply, room with { Address = under.Channel });
        }
    }

    private async Task<Delivery> EditAsync(Room room, DossierCard dossier, MessageAddress at, CancellationToken ct)
    {
        var archived = false;
        Task<Delivery> TryAsync() => _posting.EditAsync(dossier, at, (reply, _) =>
        {
            archived = reply is RestReply.Refused { Code: Archived };
            return reply is RestReply.Refused { Status: 404, Code: not 0 } || (Outcomes.IsClosed(reply) && !IsUnderItsCard(dossier, at, room)) || Outcomes.IsAnothers(reply) ? new Delivery.Gone() : InThread(reply, room);
        }, ct);

        var edited = await TryAsync();
        if (archived)
        {
            edited = await OpenAgainAsync(room, at.Channel, ct) ?? await TryAsync();
        }
        return edited is Delivery.Delivered ? await RenameAsync(room, dossier, at, ct) ?? edited : edited;
    }

    /// <summary>Of a locked thread Discord says only that a permission is missing: no other than that of a moderator would do. Null when it is open.</summary>
    private async Task<Delivery?> OpenAgainAsync(Room room, string thread, CancellationToken ct)
    {
        var reply = await rest.SendAsync(Route.ChangeThread(thread), new ThreadChange(Archived: false), ct);
        return reply is RestReply.Refused { Code: Outcomes.MissingPermission } refused && await IsLockedAsync(thread, ct)
            ? new Delivery.Rejected(Outcomes.ThreadCure(refused with { Code = Outcomes.ThreadLocked }, room))
            : Changed(reply, room);
    }

    private async Task<bool> IsLockedAsync(string thread, CancellationToken ct) =>
        await rest.SendAsync(Route.Channel(thread), ct) is RestReply.Done { Body: var channel } && channel.Field("thread_metadata")?.IsTrue("locked") == true;

    /// <summary>Else the room has moved, or its card was put anew: the thread begins again there when this one is out of reach.</summary>
    private static bool IsUnderItsCard(DossierCard dossier, MessageAddress at, Room room) => MessageAddress.Parse(dossier.Under) == new MessageAddress(room.Address, at.Channel);

    /// <summary>A name that no longer holds, such as that of a person who was erased, is not left standing. Null when it is as it should be.</summary>
    private async Task<Delivery?> RenameAsync(Room room, DossierCard dossier, MessageAddress at, CancellationToken ct)
    {
        var wanted = NameOf(dossier);
        if (!_names.TryGetValue(at.Channel, out var name))
        {
            if (await rest.SendAsync(Route.Channel(at.Channel), ct) is not RestReply.Done { Body: var thread })
            {
                return null;
            }
            Remember(at.Channel, name = thread.Text("name") ?? "");
        }
        if (name == wanted)
        {
            return null;
        }
        var delivery = Changed(await rest.SendAsync(Route.ChangeThread(at.Channel), new ThreadChange(Name: wanted), ct), room);
        if (delivery is Delivery.Rejected)
        {
            // Somebody else started it, and only they or who manages threads may name it: what stands in it is as it should be.
            log.ThreadNotRenamed(dossier.Key.Subject, room.Name);
        }
        if (delivery is null or Delivery.Rejected)
        {
            Remember(at.Channel, wanted);
            return null;
        }
        return delivery;
    }

    private static Delivery? Changed(RestReply reply, Room room) => reply switch
    {
        RestReply.Done => null,
        RestReply.Refused { Status: 404, Code: not 0 } => new Delivery.Gone(),
        _ => InThread(reply, room),
    };

    private void Remember(string thread, string name)
    {
        if (_names.Count >= MostNames)
        {
            _names.Clear();
        }
        _names[thread] = name;
    }

    /// <summary>All but the sending of a message may be done again. A refusal concerns this thread alone: the room goes on.</summary>
    private static Delivery InThread(RestReply reply, Room room) => reply switch
    {
        RestReply.Limited limited => new Delivery.Retry(limited.Reason, limited.After),
        RestReply.NotSent notSent => new Delivery.Retry(notSent.Reason),
        RestReply.Unsure unsure => new Delivery.Retry(unsure.Reason),
        RestReply.Refused { Status: 401 } => new Delivery.Blocked(Outcomes.TokenCure),
        RestReply.Refused { Status: 404, Code: 0 } => Outcomes.NotDiscords,
        RestReply.Refused refused => new Delivery.Rejected(Outcomes.ThreadCure(refused, room)),
        _ => throw new ArgumentOutOfRangeException(nameof(reply)),
    };

    /// <summary>Discord takes 1 to 100 characters and shows them without markdown.</summary>
    private static string NameOf(DossierCard dossier) => Cleaning.OneLine(dossier.Title) is { Length: > 0 } name ? Fitting.Shorter(name, 100) : "Case";
}
