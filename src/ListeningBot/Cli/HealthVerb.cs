using System.CommandLine;
using ListeningBot.Configuration;
using ListeningBot.Net;

namespace ListeningBot.Cli;

/// <summary>`health`: one question to the running program, for those who ask by a command: an image without a shell has no other. Its exit code is the answer.</summary>
public static class HealthVerb
{
    private const string Usual = "http://127.0.0.1:8473";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Argument<string?> Address = new("address") { Description = "Where the program answers on this machine; default: Web:Listen", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Ready = new("--ready") { Description = "Whether every channel, room and notifier is well, not only whether it is alive; prints what /readyz says" };

    public static Command Create()
    {
        var verb = new Command("health", "Ask the running program whether it is alive: exit code 0 or 1, for the health check of a container") { Address, Ready };
        verb.SetAction((parsed, ct) => AskAsync(parsed.GetValue(Address) ?? Configured(parsed), parsed.GetValue(Ready), ct));
        return verb;
    }

    /// <summary>Where the program of this configuration listens, as far as that can be read; null: nowhere.</summary>
    private static string? Configured(ParseResult parsed) => OwnAddress.Of(
        new SettingsReader(Sources.Of(parsed.GetValue(CommandLine.ConfigOption)), Program.ChannelKinds, Program.NotifierKinds).Read().AsFarAsRead.Web.Listen)?.ToString();

    private static async Task<int> AskAsync(string? address, bool ready, CancellationToken ct)
    {
        if (address is null)
        {
            await Console.Error.WriteLineAsync("Web:Listen is empty, so that the program answers nobody. Let it name an address, or give one here.");
            return Exit.BadInput;
        }
        if (!Uri.TryCreate(address, UriKind.Absolute, out var at) || at.Scheme != Uri.UriSchemeHttp)
        {
            await Console.Error.WriteLineAsync($"{address} is no address. Write it like {Usual}.");
            return Exit.Usage;
        }
        using var http = OwnPort.NewClient(Patience);
        try
        {
            using var answer = await http.GetAsync(new Uri(at, ready ? "/readyz" : "/healthz"), ct);
            await (ready ? Console.Out : Console.Error).WriteLineAsync((await answer.Content.ReadAsStringAsync(ct)).TrimEnd());
            return answer.IsSuccessStatusCode ? Exit.Done : Exit.BadInput;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"{at} does not answer: {(e is TaskCanceledException ? $"nothing came within {Patience.TotalSeconds:0} s; it hangs, or is overloaded" : e.Message.TrimEnd('.'))}. Look whether the program runs, and at Web:Listen.");
            return Exit.BadInput;
        }
    }
}
