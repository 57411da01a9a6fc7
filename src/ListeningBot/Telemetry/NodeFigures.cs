using System.Reflection;

namespace ListeningBot.Telemetry;

/// <summary>This machine among those that share the store. What shares out the roles keeps it true.</summary>
public sealed class NodeFigures(TimeProvider time)
{
    /// <summary>Roles that this machine holds; 0 where it is the only one.</summary>
    public int LeasesHeld { get; set; }

    /// <summary>Machines that live, this one too.</summary>
    public int Nodes { get; set; } = 1;

    /// <summary>When this program started.</summary>
    public DateTimeOffset Started { get; } = time.GetUtcNow();

    /// <summary>"0.1.0".</summary>
    public static string Version { get; } = typeof(NodeFigures).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
