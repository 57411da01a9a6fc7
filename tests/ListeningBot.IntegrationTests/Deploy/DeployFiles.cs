namespace ListeningBot.IntegrationTests.Deploy;

/// <summary>What operators are given, as it lies in the sources.</summary>
internal static class DeployFiles
{
    public static string Root { get; } = RootAbove(AppContext.BaseDirectory);

    public static string PathOf(string name) => Path.Combine(Root, "deploy", name);

    public static string TextOf(string name) => File.ReadAllText(PathOf(name));

    private static string RootAbove(string folder) =>
        File.Exists(Path.Combine(folder, "ListeningBot.sln")) ? folder : RootAbove(Directory.GetParent(folder)!.FullName);
}
