using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Teams.Calendars;
using ListeningBot.Hosting;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Holidays;

/// <summary>
/// Puts the configured responders in force, with the holidays of calendars that have an address: at once those that were kept, then anew each day. A calendar that
/// can't be read changes nothing: the last good one stays, and the ops room is told once, and once more when it is read again. What was told stands in the store, written with the word itself: once for
/// all machines and their restarts.
/// </summary>
public sealed class HolidayRunner(Responders configured, WebReader web, IStore store, PolicyBook policies, RoomBells bells, TimeProvider time, ILogger<HolidayRunner> log)
{
    public static readonly TimeSpan FreshFor = TimeSpan.FromDays(1);

    /// <summary>A calendar that can't be read is tried again after this.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(15);
    private static readonly WebLimits Limits = WebLimits.Default with { MaxBytes = HolidayCalendar.LargestBytes };

    /// <summary>The calendars that are in force here, by their addresses: what is kept may be newer, fetched by another machine, or by this one while the store could not be read.</summary>
    private IReadOnlyDictionary<string, string> _inForce = new Dictionary<string, string>();
    private readonly string[] _addresses = [.. configured.Teams.SelectMany(team => team.Calendars).Distinct(StringComparer.Ordinal)];

    /// <summary>The responders with the holidays that are kept.</summary>
    public async Task ApplyAsync(CancellationToken ct)
    {
        var kept = await store.ReadAsync(view => _addresses.Select(address => KeptCalendar.Of(view, address)).OfType<KeptCalendar>().ToList(), ct);
        var holidays = kept.ToDictionary(calendar => calendar.Address, calendar => HolidayCalendar.Read(calendar.Text).Holidays, StringComparer.Ordinal);
        policies.Change(policy => policy with { Responders = configured.With(holidays) });
        _inForce = kept.ToDictionary(calendar => calendar.Address, calendar => calendar.Text, StringComparer.Ordinal);
    }

    /// <summary>Looks every quarter of an hour until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (_addresses.Length > 0)
        {
            await RefreshAsync(ct);
            await Task.Delay(LookEvery, time, ct);
        }
    }

    /// <summary>Fetches what is older than a day, and puts in force what is kept and is not.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        foreach (var address in _addresses)
        {
            try
            {
                if (await KeptAsync(address, ct) is { } kept && kept.Text != _inForce.GetValueOrDefault(address))
                {
                    await ApplyAsync(ct);
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.HolidaysFaulted(e, HostOf(address));
            }
        }
    }

    /// <summary>Fetched where it is older than a day; null when there is none.</summary>
    private async Task<KeptCalendar?> KeptAsync(string address, CancellationToken ct)
    {
        var kept = await store.ReadAsync(view => KeptCalendar.Of(view, address), ct);
        if (IsFresh(kept))
        {
            return kept;
        }
        var (fetched, why) = await FetchAsync(address, kept, ct);
        if (fetched is null)
        {
            Said(await store.WriteAsync(tx => IsFresh(KeptCalendar.Of(tx, address)) ? null : Tell(tx, address, why), ct));
            return kept;
        }
        Said(await store.WriteAsync(
            tx =>
            {
                fetched.Keep(tx, time.GetUtcNow());
                return Tell(tx, address, why: null);
            },
            ct));
        return fetched;
    }

    /// <summary>Null and why: no calendar came.</summary>
    private async Task<(KeptCalendar? Calendar, string Why)> FetchAsync(string address, KeptCalendar? kept, CancellationToken ct)
    {
        try
        {
            var answer = await web.GetAsync(new WebGet(new Uri(address)) { Accept = "text/calendar", ETag = kept?.ETag, LastModified = kept?.LastModified, Limits = Limits }, ct);
            if (kept is not null && answer.Status == System.Net.HttpStatusCode.NotModified)
            {
                return (kept with { FetchedAt = time.GetUtcNow() }, "");
            }
            if (!answer.IsSuccess)
            {
                return (null, $"it answers with status {(int)answer.Status}. Look whether the address in config/responders.yaml is still right");
            }
            var calendar = HolidayCalendar.Read(answer.TextUtf8());
            foreach (var fault in calendar.Faults)
            {
                log.HolidayLeftOut(HostOf(address), fault.Line, fault.What);
            }
            if (calendar.Observances > 0)
            {
                log.HolidaysRead(HostOf(address), calendar.Holidays.Count, calendar.Observances);
            }
            return calendar.IsCalendar
                ? (new KeptCalendar(address, time.GetUtcNow(), answer.TextUtf8(), answer.ETag, answer.LastModified), "")
                : (null, "what it sends is no iCalendar text. Take the address that the calendar offers for other programs, often ending in .ics");
        }
        catch (WebFaultException e)
        {
            return (null, e.Message);
        }
    }

    private bool IsFresh(KeptCalendar? kept) => kept?.FetchedAt + FreshFor > time.GetUtcNow();

    /// <summary>What is said now; null: it was said already, by this machine or another one.</summary>
    /// <param name="why">Null: it was read.</param>
    private string? Tell(IStoreTx tx, string address, string? why)
    {
        var told = "holidays told " + address;
        if (why is null == string.IsNullOrEmpty(tx.Document(told)))
        {
            return null;
        }
        var text = why is null ? $"The holidays at {HostOf(address)} are read again." : $"The holidays at {HostOf(address)} can't be read: {why}. The last good ones stay.";
        tx.KeepDocument(told, why ?? "", time.GetUtcNow());
        Notices.Add(tx, text, good: why is null, time.GetUtcNow());
        return text;
    }

    private void Said(string? text)
    {
        if (text is not null)
        {
            log.HolidaysTold(text);
            bells.Ring(Notices.OpsRoom);
        }
    }

    /// <summary>The rest of the address may be a secret.</summary>
    private static string HostOf(string address) => new Uri(address).Host;
}
