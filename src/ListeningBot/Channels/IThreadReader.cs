using ListeningBot.Core.Posts;

namespace ListeningBot.Channels;

/// <summary>Asks a service again about posts of open cases: what became of them, and what answers them.</summary>
public interface IThreadReader
{
    /// <summary>How many posts one asking takes at most; 1 or more.</summary>
    int AtOnce { get; }

    /// <summary>
    /// What the service shows now. Of each post asked for: <see cref="ChangeKind.Edited"/> with the post as it stands, whether it changed or not, or
    /// <see cref="ChangeKind.Deleted"/> when the service says for certain that it is gone; nothing when that is not known. Besides,
    /// <see cref="ChangeKind.Added"/> (or Edited, where it is known to be) for what answers them. Keys are those that the channel itself gives.
    /// Throws <see cref="Core.Pipeline.ChannelException"/> when it may be asked again later.
    /// </summary>
    /// <param name="posts">As the channel gave them; at most <see cref="AtOnce"/>.</param>
    Task<IReadOnlyList<PostChange>> ReadAsync(IReadOnlyList<Post> posts, CancellationToken ct);
}
