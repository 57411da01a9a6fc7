using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Core.Watching;

namespace ListeningBot.Cli;

/// <summary>What `read` is to read, with the settings for it.</summary>
internal sealed record ReadVerbTarget(string Name, ChannelKind Kind, object Options, HttpSettings Http, WatchSet Watches)
{
    /// <summary>The store's; null where none is configured.</summary>
    public string? Folder { get; init; }

    /// <summary>The options that may hold a kind's address.</summary>
    private static readonly string[] AddressOptions = ["Url", "Address", "Endpoint", "Path"];

    /// <summary>A configured channel; else the exit code, and what is wrong is told.</summary>
    public static async Task<(ReadVerbTarget? Target, int Exit)> ConfiguredAsync(string name, SettingsReading reading, TextWriter messages)
    {
        if (reading.Settings is not { } settings)
        {
            foreach (var problem in reading.Problems)
            {
                await messages.WriteLineAsync(problem.ToString());
            }
            return (null, Exit.BadInput);
        }
        if (settings.Channels.FirstOrDefault(channel => channel.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } channel)
        {
            var names = settings.Channels.Count == 0 ? "none is enabled" : "enabled are: " + string.Join(", ", settings.Channels.Select(c => c.Name));
            await messages.WriteLineAsync($"There is no enabled channel \"{name}\"; {names}. Or give a kind and an address: read rss https://blog.example/feed");
            return (null, Exit.BadInput);
        }
        return (new ReadVerbTarget(channel.Name, channel.Kind, channel.Options, settings.Http, settings.Matcher()) { Folder = settings.Storage.Folder }, Exit.Done);
    }

    /// <summary>A kind and an address, as typed. Whoever types a private address means it; where it leads on to is another matter.</summary>
    public static async Task<(ReadVerbTarget? Target, int Exit)> TypedAsync(string kindName, string address, SettingsReading reading, TextWriter messages)
    {
        var kind = Program.ChannelKinds.FirstOrDefault(k => k.Name.Equals(kindName, StringComparison.OrdinalIgnoreCase));
        if (kind is null || AddressOption(kind) is not { } option)
        {
            var kinds = Program.ChannelKinds.Where(k => AddressOption(k) is not null).Select(k => k.Name);
            await messages.WriteLineAsync($"\"{kindName}\" is no kind of channel that can be read by its address alone. Those are: {string.Join(", ", kinds)}");
            return (null, Exit.Usage);
        }
        try
        {
            var options = kind.Bind(Section.Of(option, address));
            var problems = kind.Validate(options).ToList();
            foreach (var problem in problems)
            {
                await messages.WriteLineAsync($"{kind.Name}: {problem.Option} {problem.What}. {problem.Cure}");
            }
            var http = Allowing(reading.Settings?.Http ?? new HttpSettings(), address);
            return problems.Count > 0 ? (null, Exit.BadInput) : (new ReadVerbTarget(kind.Name, kind, options, http, WatchSet.Build([], Ours.Nobody)), Exit.Done);
        }
        catch (InvalidOperationException)
        {
            await messages.WriteLineAsync($"{kind.Name}: the address can't be read. Check how it is written");
            return (null, Exit.BadInput);
        }
    }

    private static string? AddressOption(ChannelKind kind) => AddressOptions.FirstOrDefault(name => kind.OptionsType.GetProperty(name)?.PropertyType == typeof(string));

    private static HttpSettings Allowing(HttpSettings http, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Host.Length > 0 ? http with { AllowPrivateHosts = [.. http.AllowPrivateHosts, $"{url.IdnHost}:{url.Port}"] } : http;
}
