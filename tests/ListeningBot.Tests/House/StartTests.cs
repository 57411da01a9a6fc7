using System.Text.Json;

namespace ListeningBot.Tests.House;

/// <summary>What each start would pay for, where nothing else tells of it.</summary>
public sealed class StartTests
{
    /// <summary>Asked only when something is wrong or edited.</summary>
    private static readonly string[] Seldom = ["AccessTokens.cs", "YamlFault.cs", "YamlText.cs", "WatchEntry.cs"];

    /// <summary>The compiler writes no code for NonBacktracking: such a pattern is built anew at each start, which took longer than reading all files.</summary>
    [Fact]
    public void No_pattern_that_a_good_configuration_is_read_with_is_built_at_run_time()
    {
        var slow = Directory.EnumerateFiles(Sources(), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadLines(file).Any(line => line.Contains("[GeneratedRegex(", StringComparison.Ordinal) && line.Contains("NonBacktracking", StringComparison.Ordinal)))
            .Select(file => Path.GetFileName(file)!);

        Assert.Empty(slow.Except(Seldom, StringComparer.Ordinal));
    }

    [Fact]
    public void Reflection_and_services_emit_no_code()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "listeningbot.runtimeconfig.json")));

        Assert.False(json.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties").GetProperty("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported").GetBoolean());
    }

    private static string Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ListeningBot.sln")))
        {
            folder = folder.Parent;
        }
        return Path.Combine(folder.FullName, "src");
    }
}
