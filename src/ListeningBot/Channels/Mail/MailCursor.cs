using System.Text.Json;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Mail;

/// <summary>How far a folder was read.</summary>
/// <param name="Of">Whose folder, as a hash: another account or folder under the same name begins anew.</param>
/// <param name="Validity">The folder's UIDVALIDITY: uids mean nothing under another one.</param>
/// <param name="Uid">The last uid that was read.</param>
/// <param name="FirstUntil">Letters up to this uid belong to the first contact.</param>
/// <param name="Day">The day of the newest letter read, UTC: where to look from when the folder was numbered anew.</param>
/// <param name="Recent">Hashes of the letters read last, oldest first, at most <see cref="MaxRecent"/>.</param>
internal sealed record MailCursor(ulong Of, uint Validity, uint Uid, uint FirstUntil, DateOnly Day, IReadOnlyList<ulong> Recent)
{
    public const int MaxRecent = 500;

    public static ulong FolderHash(MailOptions options) => ThreadHash.Of(new PostKey(options.User.ToLowerInvariant(), options.Folder));

    /// <summary>Null when there is none, when it can't be read, or when it is another folder's.</summary>
    public static MailCursor? Read(Cursor? cursor, ulong of)
    {
        try
        {
            var read = cursor is null ? null : JsonSerializer.Deserialize<MailCursor>(cursor.Value);
            return read?.Of == of && read.Recent is not null ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public Cursor ToCursor() => new(JsonSerializer.Serialize(this));

    /// <summary>After these letters, in the order of their uids.</summary>
    public MailCursor After(uint uid, DateOnly day, IEnumerable<ulong> read) => this with
    {
        Uid = Math.Max(Uid, uid),
        Day = day > Day ? day : Day,
        Recent = [.. Recent.Concat(read).Distinct().TakeLast(MaxRecent)],
    };
}
