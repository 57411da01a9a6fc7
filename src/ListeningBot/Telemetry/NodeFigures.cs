using System.Reflection;

namespace ListeningBot.Telemetry;

/// <summary>How many roles this machine holds, how many machines live, and how far its clock is ahead of the database's. Asked at each look; not there where no database is shared.</summary>
public delegate (int Roles, int Nodes, TimeSpan Skew) NodeLook();

/// <summary>This program on this machine.</summary>
/// <param name="look">Null: it shares its store with no other.</param>
public sealed class NodeFigures(TimeProvider time, NodeLook? look = null)
{
    /// <summary>Roles that this machine holds, machines that live (this one too), and how far its clock is ahead; null where it shares its store with no other.</summary>
    public (int Roles, int Nodes, TimeSpan Skew)? Shared => look?.Invoke();

    /// <summary>When this program started.</summary>
    public DateTimeOffset Started { get; } = time.GetUtcNow();

    /// <summary>"0.1.0".</summary>
    public static string Version { get; } = typeof(NodeFigures).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
