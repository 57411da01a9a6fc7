using System.Globalization;

namespace ListeningBot.Core.Pipeline;

/// <summary>When the store was last backed up by `storage backup`: the store says it itself. Of what a server's own tools do it knows nothing.</summary>
public static class Backups
{
    /// <summary>Its text is the backup's moment.</summary>
    public const string Document = "last backup";

    /// <summary>One that was noted by a clock that was ahead is none until then: nobody knows how old it is, and it must not hush who asks.</summary>
    public static DateTimeOffset? Last(IStoreView view, DateTimeOffset now) =>
        DateTimeOffset.TryParse(view.Document(Document), CultureInfo.InvariantCulture, out var last) && last <= now ? last : null;

    public static void Note(IStoreTx tx, DateTimeOffset taken) => tx.KeepDocument(Document, Text(taken), taken);

    public static string Text(DateTimeOffset taken) => taken.ToString("O", CultureInfo.InvariantCulture);
}
