namespace ListeningBot.Tests.Configuration;

/// <summary>The files that are shipped, found from the tests' own folder upwards.</summary>
internal static class Shipped
{
    /// <summary>What managers edit.</summary>
    public static readonly string[] Yaml = ["config/watches.yaml", "config/replies.yaml", "config/gestures.yaml"];

    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Text(string name) => File.ReadAllText(Path.Combine(Root, name));

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ListeningBot.sln")) ? folder
        : Directory.GetParent(folder) is { } above ? Find(above.FullName)
        : throw new DirectoryNotFoundException("The tests must run inside the project's folder.");
}
