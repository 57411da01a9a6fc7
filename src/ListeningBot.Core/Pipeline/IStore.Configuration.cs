namespace ListeningBot.Core.Pipeline;

/// <summary>A configuration that was applied. The latest is the truth for every node.</summary>
/// <param name="By">"a file edit on care-1", or who pressed or typed.</param>
/// <param name="Changed">What it changed, in words.</param>
/// <param name="Hash">Equal for files of equal names and bytes.</param>
/// <param name="Files">JSON, from a file's name to its bytes in base64; empty where a list leaves it out.</param>
public sealed record ConfigVersion(long Id, DateTimeOffset At, string By, string Changed, string Hash, string Files);

/// <summary>The last good files that a node dealt with, live or not.</summary>
public sealed record SeenFiles(string Hash, DateTimeOffset At);

public partial interface IStoreView
{
    /// <summary>Zero while nothing was applied.</summary>
    long LatestConfigId();
    ConfigVersion? ConfigOf(long id);

    /// <summary>The latest version with these files, or null.</summary>
    ConfigVersion? ConfigOfHash(string hash);

    /// <summary>The latest first, without their files.</summary>
    IReadOnlyList<ConfigVersion> ConfigHistory(int limit);

    /// <summary>Null for a node that has never looked.</summary>
    SeenFiles? FilesSeenBy(string node);

    HeldChange? HeldChangeOf(long id);

    /// <summary>The latest held change, however it stands: its number and standing. Null when none was ever held.</summary>
    (long Id, HeldStanding Standing)? LatestHeld();

    /// <summary>The latest held change with these files, or null.</summary>
    HeldChange? HeldChangeOfHash(string hash);
}

public partial interface IStoreTx
{
    /// <summary>Returns the new version's number. Only the latest <see cref="ConfigDesk.VersionsKept"/> are kept.</summary>
    long AddConfig(ConfigVersion version);

    /// <summary>The same version in other files: hash and files are replaced.</summary>
    void RewriteConfig(ConfigVersion version);

    /// <summary>What nodes saw under one hash has another now.</summary>
    void RenameFiles(string hash, string now);
    void SawFiles(string node, string hash, DateTimeOffset now);

    /// <summary>Returns its number. Only the latest <see cref="ConfigDesk.HeldKept"/> are kept.</summary>
    long AddHeldChange(HeldChange change);
    void UpdateHeldChange(HeldChange change);
}
