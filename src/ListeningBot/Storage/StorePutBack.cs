using System.Globalization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>
/// The store was put back from a backup. What was shown between the backup's moment and now is not known to it: when it is read again, the card is looked for in its room before it is shown.
/// What people posted after the store was put back can't have been shown, so it is not looked for: its number may be one that another card bears.
/// </summary>
/// <param name="Taken">The backup's moment.</param>
/// <param name="At">When it was put back.</param>
internal sealed record StorePutBack(DateTimeOffset Taken, DateTimeOffset At)
{
    /// <summary>After this nothing is read for the first time any more that was read before.</summary>
    private static readonly TimeSpan For = TimeSpan.FromDays(2);

    /// <summary>No room is read further back, so that looking ends.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(7);

    public static StorePutBack? Of(Db db)
    {
        using var row = db.Ask("SELECT text, kept_at FROM documents WHERE name = 'put back'");
        return row.Read() && long.TryParse(row.Text(0), NumberStyles.None, CultureInfo.InvariantCulture, out var taken)
            ? new StorePutBack(DateTimeOffset.FromUnixTimeMilliseconds(taken), row.Time(1))
            : null;
    }

    public void Keep(Db db)
    {
        db.Ask("INSERT INTO documents (name, text, kept_at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text, kept_at = excluded.kept_at")
            .With(PutBack.Document).With(Taken.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)).With(At).Run();
        db.Ask("DELETE FROM documents WHERE name = ?").With(StoreBackup.TakenAt).Run();
        db.Ask("DELETE FROM documents WHERE name = ?").With(LastRun.Document).Run();
    }

    /// <summary>From when on the card may stand in its room already; null when it can't.</summary>
    public DateTimeOffset? MayBeShownSince(CardKey key, DateTimeOffset posted, DateTimeOffset now)
    {
        var may = now - At < For && (posted <= At ? !key.Subject.StartsWith("notice:", StringComparison.Ordinal) : IsOfADay(key));
        return may ? (Taken > At - Furthest ? Taken : At - Furthest) : null;
    }

    /// <summary>Lists and digests are made of what was before, whenever they are put up.</summary>
    private static bool IsOfADay(CardKey key) => key.Subject.StartsWith("tray:", StringComparison.Ordinal) || key.Subject.StartsWith("digest:", StringComparison.Ordinal);
}
