using System.Text;
using ListeningBot.Configuration;

namespace ListeningBot.Tests.Configuration;

/// <summary>Whatever a hand or a broken editor makes of good files: settings or problems, never an exception, never neither.</summary>
public sealed class FuzzTests
{
    private const string App = """
        {
          // comment
          "Channels": { "blogs": { "Kind": "feed", "Url": "https://a.example/", "Every": "00:01:00", "Words": ["a"], "Login": { "User": "u" } },
            "inbox": { "Kind": "box", "User": "u", "Password": "p\u00e4ss" } },
          "Notifiers": { "chat": { "Token": "t" } }, "Rooms": { "care": { "Notifier": "chat", "Address": 12 } },
          "Http": { "AllowPrivateHosts": ["a:1"] }, "Alerting": { "MaybeListAt": "06:30" }, "Logging": { "LogLevel": { "Default": "Warning" } }
        }
        """;

    private static readonly string[] Scraps =
    [
        "\t", "\n", "\r", "[", "]", "{", "}", ":", ",", "- ", "\"", "'", "#", "&a ", "*a", "!!int ", "|\n", ">\n", "? ", "---\n", "...\n", "%YAML 1.1\n", "<<: ", "{name}", "[ {name}]", "null", "~",
        "\\", "\\ud800", "\uFEFF", "\0", "\u2028", "\u202E", "é", "😀", "true", "-1", "1e999", "//", "/*", "\u0085", "  ",
    ];

    /// <summary>A reading of these small files takes some megabytes at most, whatever they hold.</summary>
    private const long MostBytes = 512L * 1024 * 1024;

    /// <summary>LISTENINGBOT_FUZZ=100000 with dotnet test --filter FuzzTests tries so many more.</summary>
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("LISTENINGBOT_FUZZ"), out var rounds) ? rounds : 300;

    /// <summary>A whole configuration as it is shipped, and each of the folder Wrong.</summary>
    private static readonly (string Name, byte[] Bytes)[][] Seeds =
    [
        [.. Shipped.Yaml.Append("config/responders.yaml").Select(name => (name, Encoding.UTF8.GetBytes(Shipped.Text(name)))), ("appsettings.json", Encoding.UTF8.GetBytes(Shipped.Text("appsettings.example.json")))],
        .. WrongFilesTests.Cases.Select(wrong => WrongFilesTests.Files(wrong.Data).ToArray()).Where(files => files.All(file => file.Bytes.Length is > 0 and < 100_000)),
    ];

    /// <summary>The real loader with the real channels and rooms.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Whatever_becomes_of_the_shipped_and_the_wrong_files_is_settings_or_problems_with_cures(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var files = Seeds[random.Next(4) == 0 ? 0 : random.Next(Seeds.Length)];
            using var folder = new ConfigurationFolder();
            foreach (var (name, bytes) in files)
            {
                folder.Write(name, new Mutilation(random).Of(bytes));
            }
            var before = GC.GetAllocatedBytesForCurrentThread();
            var reading = new SettingsReader(folder.Sources, Program.ChannelKinds, Program.NotifierKinds).Read();
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
            Assert.Equal(reading.Problems.Count == 0, reading.Settings is not null);
            Assert.All([.. reading.Problems, .. reading.Warnings], problem => IsFit(problem));
        }
    }

    private static void IsFit(Problem problem)
    {
        Assert.NotEmpty(problem.What);
        Assert.NotEmpty(problem.Cure);
        Assert.True(problem.ToString().Length < 2500, problem.ToString());
        Assert.DoesNotContain(problem.ToString(), char.IsControl);
        Assert.True(problem.Line is null or > 0 && problem.Column is null or > 0, problem.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_mutilated_file_gives_settings_or_problems(int seed)
    {
        var random = new Random(seed);
        using var folder = ConfigurationFolder.With(App, Shipped.Text("config/watches.yaml"));
        Assert.Empty(folder.Problems());
        for (var i = 0; i < 400; i++)
        {
            folder.Write("appsettings.json", Mutilated(App, random));
            foreach (var name in Shipped.Yaml)
            {
                folder.Write(name, Mutilated(Shipped.Text(name), random));
            }
            foreach (var problem in folder.Problems())
            {
                IsFit(problem);
            }
        }
    }

    internal static byte[] Mutilated(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (var n = random.Next(4); n >= 0; n--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(20), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Scraps[random.Next(Scraps.Length)]));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length), length));
                    break;
                case 3:
                    bytes[at] = (byte)random.Next(256);
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(50) == 0 ? bytes.Count - at : 0);
                    break;
            }
            if (bytes.Count == 0)
            {
                return [];
            }
        }
        return [.. bytes];
    }
}
