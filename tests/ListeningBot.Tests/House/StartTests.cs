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
    public void Reflection_and_services_emit_no_code() =>
        Assert.False(BuiltWith("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported").GetBoolean());

    /// <summary>They hold a thread each, and the pool makes one more each half second: with as few as there are cores, nobody was answered for two to four seconds.</summary>
    [Fact]
    public void A_start_does_not_stand_still_while_readings_of_the_store_wait() =>
        Assert.InRange(BuiltWith("System.Threading.ThreadPool.MinThreads").GetInt32(), 32, 256);

    private static JsonElement BuiltWith(string option)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "listeningbot.runtimeconfig.json")));
        return json.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties").GetProperty(option).Clone();
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
