using System.Text.Json;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Holidays;

/// <summary>A fetched calendar as the store keeps it: the last good one.</summary>
/// <param name="Address">As configured; it may hold a secret, so it is shown nowhere.</param>
public sealed record KeptCalendar(string Address, DateTimeOffset FetchedAt, string Text, string? ETag, string? LastModified)
{
    /// <summary>Null when none was kept.</summary>
    public static KeptCalendar? Of(IStoreView view, string address)
    {
        try
        {
            return view.Document(Name(address)) is { } json ? JsonSerializer.Deserialize<KeptCalendar>(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Keep(IStoreTx tx, DateTimeOffset now) => tx.KeepDocument(Name(Address), JsonSerializer.Serialize(this), now);

    private static string Name(string address) => "holidays " + address;
}
