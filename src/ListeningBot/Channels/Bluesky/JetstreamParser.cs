using System.Buffers;
using System.Text.Json;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Bluesky;

/// <summary>Turns frames into events. Nothing is allocated for a well-formed frame.</summary>
internal static class JetstreamParser
{
    public const string Namespace = "bluesky";

    private static readonly SearchValues<byte> DidBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:%-"u8);
    private static readonly SearchValues<byte> RkeyBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:~-"u8);
    private static readonly ulong NamespaceHash = ThreadHash.Of("bluesky"u8);

    /// <summary>
    /// Adds what the frame holds to <paramref name="events"/>; frames about other things add nothing.
    /// </summary>
    /// <param name="timeUs">The frame's time_us, not checked; 0 when it has none.</param>
    /// <returns>Null, or why the frame can't be understood.</returns>
    public static string? Read(ReadOnlySpan<byte> bytes, JetstreamEvents events, out long timeUs)
    {
        timeUs = 0;
        try
        {
            if (!JetstreamFrame.TryRead(bytes, out var frame))
            {
                return "is not a JSON object";
            }
            timeUs = frame.TimeUs;
            return Add(bytes, in frame, events);
        }
        catch (JsonException error)
        {
            return $"is not JSON (byte {error.BytePositionInLine})";
        }
    }

    private static string? Add(ReadOnlySpan<byte> bytes, in JetstreamFrame frame, JetstreamEvents events)
    {
        var kind = Of(bytes, frame.Kind);
        if (kind.SequenceEqual("commit"u8))
        {
            return Of(bytes, frame.Collection).SequenceEqual("app.bsky.feed.post"u8) ? AddPost(bytes, in frame, events) : null;
        }
        return kind.SequenceEqual("account"u8) ? AddAccount(bytes, in frame, events) : kind.IsEmpty ? "has no kind" : null;
    }

    private static string? AddPost(ReadOnlySpan<byte> bytes, in JetstreamFrame frame, JetstreamEvents events)
    {
        var did = Of(bytes, frame.Did);
        var rkey = Of(bytes, frame.Rkey);
        if (!IsDid(did) || rkey.Length is 0 or > 512 || rkey.ContainsAnyExcept(RkeyBytes))
        {
            return "has no proper did and rkey";
        }
        if (KindOf(Of(bytes, frame.Operation)) is not { } kind)
        {
            return "has an unknown operation";
        }
        if (kind != ChangeKind.Deleted && !frame.HasRecord)
        {
            return "has no record";
        }
        var one = new JetstreamEvent { Kind = kind, TimeUs = frame.TimeUs, Did = Copy(did, events), Rkey = Copy(rkey, events) };
        if (kind != ChangeKind.Deleted)
        {
            one.Text = Lines(bytes, frame.Text, in frame.Extras, frame.ExtraCount, events);
            one.Links = Lines(bytes, default, in frame.Links, frame.LinkCount, events);
            one.Lang = Copy(Of(bytes, frame.Lang), events);
            one.CreatedAt = Copy(Of(bytes, frame.CreatedAt), events);
            one.Answers = PostOf(Of(bytes, frame.ParentUri), events, out one.AnswersHash);
            one.Thread = PostOf(Of(bytes, frame.RootUri), events, out one.ThreadHash);
        }
        events.Add(in one);
        return null;
    }

    private static ChangeKind? KindOf(ReadOnlySpan<byte> operation) =>
        operation.SequenceEqual("create"u8) ? ChangeKind.Added
        : operation.SequenceEqual("update"u8) ? ChangeKind.Edited
        : operation.SequenceEqual("delete"u8) ? ChangeKind.Deleted
        : null;

    /// <summary>
    /// Deleted and taken down mean that what the account wrote is to be removed, lastingly. Deactivated, suspended and the like are pauses
    /// that end: a customer who took a break still waits for an answer. (AT Protocol, Account Hosting.)
    /// </summary>
    private static string? AddAccount(ReadOnlySpan<byte> bytes, in JetstreamFrame frame, JetstreamEvents events)
    {
        var did = Of(bytes, frame.Did);
        var status = Of(bytes, frame.AccountStatus);
        if (!frame.AccountInactive || !(status.SequenceEqual("deleted"u8) || status.SequenceEqual("takendown"u8)))
        {
            return null;
        }
        if (!IsDid(did))
        {
            return "has no proper did";
        }
        events.Add(new JetstreamEvent { Kind = ChangeKind.AuthorGone, TimeUs = frame.TimeUs, Did = Copy(did, events) });
        return null;
    }

    /// <summary>The first, then a line for each of the others.</summary>
    private static Piece Lines(ReadOnlySpan<byte> bytes, Piece first, in JetstreamFrame.Pieces others, int count, JetstreamEvents events)
    {
        var most = first.Length;
        for (var i = 0; i < count; i++)
        {
            most += 1 + others[i].Length;
        }
        var room = events.Room(most);
        var written = JsonText.Unescape(Of(bytes, first), room);
        for (var i = 0; i < count; i++)
        {
            room[written++] = (byte)'\n';
            written += JsonText.Unescape(Of(bytes, others[i]), room[written..]);
        }
        return events.Keep(written);
    }

    /// <summary>"did/rkey" of "at://did/app.bsky.feed.post/rkey"; empty when it is anything else.</summary>
    private static Piece PostOf(ReadOnlySpan<byte> uri, JetstreamEvents events, out ulong hash)
    {
        hash = 0;
        var middle = uri.IndexOf("/app.bsky.feed.post/"u8);
        if (!uri.StartsWith("at://"u8) || middle < 5)
        {
            return default;
        }
        var did = uri[5..middle];
        var rkey = uri[(middle + 20)..];
        if (!IsDid(did) || rkey.Length is 0 or > 512 || rkey.ContainsAnyExcept(RkeyBytes))
        {
            return default;
        }
        var room = events.Room(did.Length + 1 + rkey.Length);
        did.CopyTo(room);
        room[did.Length] = (byte)'/';
        rkey.CopyTo(room[(did.Length + 1)..]);
        hash = ThreadHash.Add(NamespaceHash, room);
        return events.Keep(room.Length);
    }

    /// <summary>By <see cref="ThreadHash"/>, of an id in this namespace.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> id) => ThreadHash.Add(NamespaceHash, id);

    private static bool IsDid(ReadOnlySpan<byte> did) =>
        did.Length is > 4 and <= 2048 && did.StartsWith("did:"u8) && !did.ContainsAnyExcept(DidBytes);

    private static Piece Copy(ReadOnlySpan<byte> bytes, JetstreamEvents events)
    {
        bytes.CopyTo(events.Room(bytes.Length));
        return events.Keep(bytes.Length);
    }

    private static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> bytes, Piece piece) => bytes.Slice(piece.Start, piece.Length);
}
