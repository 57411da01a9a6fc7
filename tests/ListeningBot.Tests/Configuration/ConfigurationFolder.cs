using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Notifiers;
using ListeningBot.Notifiers.Console;
using Spectre.Console;

namespace ListeningBot.Tests.Configuration;

/// <summary>A configuration folder of one test, gone after it.</summary>
internal sealed class ConfigurationFolder : IDisposable
{
    public const string OneWatch = "watches:\n  - name: brand\n    find: [nimbus]\n";

    public static readonly ChannelKind<FeedOptions> Feed = new("feed", FeedOptions.Validate, (_, _) => new NoChannel(), (_, _, _) => Task.FromResult("1 post"));
    public static readonly ChannelKind<BoxOptions> Box = new("box", _ => [], (_, _) => new NoChannel(), (_, _, _) => throw new ChannelException("the server refused the sign-in. Look at User and Password")) { IsPrivate = true };
    public static readonly NotifierKind<ChatOptions> Chat = new("chat", ChatOptions.Validate, (_, _) => throw new NotSupportedException(), (_, _, _) => Task.FromResult("sent a test card to care"))
    {
        CureOfAccount = id => id.All(char.IsAsciiDigit) ? null : "Digits only.",
    };

    public static readonly NotifierKind<PlainOptions> Console = new("console", (_, _) => [], (context, _) => new ConsoleNotifier(Silent, context.Time), (_, _, _) => Task.FromResult("is here"));

    private static IAnsiConsole Silent => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("listeningbot-config-");

    public ConfigurationFolder()
    {
        Directory.CreateDirectory(Path.Combine(Root, "config"));
        Sources = new Sources { Folder = Root };
    }

    public string Root => _folder.FullName;
    public Sources Sources { get; set; }
    public SettingsReader Reader => new(Sources, [Feed, Box], [Console, Chat]);

    public static ConfigurationFolder With(string? app = null, string? watches = null)
    {
        var folder = new ConfigurationFolder();
        if (app is not null)
        {
            folder.Write("appsettings.json", app);
        }
        if (watches is not null)
        {
            folder.Write("config/watches.yaml", watches);
        }
        return folder;
    }

    public ConfigurationFolder Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public ConfigurationFolder Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(Root, name), bytes);
        return this;
    }

    public ConfigurationFolder Given(string variable, string value)
    {
        Sources = Sources with { Environment = new Dictionary<string, string>(Sources.Environment) { [variable] = value } };
        return this;
    }

    public ConfigurationFolder Without(string variable)
    {
        Sources = Sources with { Environment = Sources.Environment.Where(one => one.Key != variable).ToDictionary() };
        return this;
    }

    public SettingsReading Read() => Reader.Read();

    /// <summary>The settings, or the test fails and shows the problems.</summary>
    public Settings Settings()
    {
        var reading = Read();
        Assert.Empty(reading.Problems);
        return reading.Settings!;
    }

    /// <summary>The problems, with paths below this folder.</summary>
    public IReadOnlyList<Problem> Problems()
    {
        var reading = Read();
        Assert.Equal(reading.Problems.Count == 0, reading.Settings is not null);
        return [.. reading.Problems.Select(p => p with { File = Path.IsPathRooted(p.File) ? Path.GetRelativePath(Root, p.File) : p.File })];
    }

    /// <summary>The only problem.</summary>
    public Problem Problem() => Assert.Single(Problems());

    public void Dispose() => _folder.Delete(recursive: true);

    private sealed class NoChannel : IChannel
    {
        public IAsyncEnumerable<Core.Posts.PostBatch> ReadAsync(Core.Posts.Cursor? since, Core.Watching.WatchSet watches, CancellationToken ct) => throw new NotSupportedException();
    }
}

public enum Pace
{
    Slow,
    Fast,
}

public sealed record FeedOptions
{
    public required string Url { get; init; }
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(5);
    public int Limit { get; init; } = 10;
    public double Share { get; init; } = 1;
    public Pace Pace { get; init; }
    public bool Whole { get; init; }
    public IReadOnlyList<string> Words { get; init; } = [];
    public FeedLogin? Login { get; init; }

    public static IEnumerable<OptionProblem> Validate(FeedOptions options)
    {
        if (!options.Url.StartsWith("https://", StringComparison.Ordinal))
        {
            yield return new OptionProblem(nameof(Url), $"is not a web address: \"{options.Url}\"", "Give an address that begins with https://.");
        }
    }
}

public sealed record FeedLogin
{
    public string User { get; init; } = "";
}

public sealed record BoxOptions
{
    public required string User { get; init; }

    [Secret]
    public required string Password { get; init; }
}

public sealed record PlainOptions;

public sealed record ChatOptions
{
    [Secret]
    public string Token { get; init; } = "";

    public static IEnumerable<OptionProblem> Validate(ChatOptions options, IReadOnlyList<Core.Alerting.Room> rooms)
    {
        if (options.Token.Length == 0)
        {
            yield return new OptionProblem(nameof(Token), "is missing", "Copy it from the portal.");
        }
        foreach (var room in rooms.Where(r => !r.Address.All(char.IsAsciiDigit)))
        {
            yield return new OptionProblem($"Rooms:{room.Name}:Address", "is no chat id", "Digits only.");
        }
    }
}
