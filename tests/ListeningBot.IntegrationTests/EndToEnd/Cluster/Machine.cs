using System.Net;
using System.Text.Json.Nodes;
using ListeningBot.IntegrationTests.Channels.Webhook;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.EndToEnd.Cluster;

/// <summary>One of several machines: a process of the real program in a folder of its own, on a port of its own.</summary>
internal sealed class Machine(string name, string folder, IReadOnlyDictionary<string, string> environment) : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly int _port = Ports.Free();
    private readonly List<BotProcess> _past = [];
    private BotProcess? _bot;

    public string Name => name;

    /// <summary>The network that its processes live in; null: everybody's.</summary>
    public FarNetwork? Network { get; init; }

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public BotProcess Bot => _bot!;

    public bool Runs => _bot is { HasExited: false };

    /// <summary>What all its processes said.</summary>
    public string Said => string.Join("\n---- started again ----\n", _past.Append(_bot).OfType<BotProcess>().Select(bot => bot.Output + bot.Errors));

    /// <param name="more">Added to its environment.</param>
    public void Start(IReadOnlyDictionary<string, string>? more = null)
    {
        if (_bot is { } before)
        {
            _past.Add(before);
        }
        var all = new Dictionary<string, string>(environment) { ["LISTENINGBOT__Web__Listen"] = Address.ToString().TrimEnd('/') };
        foreach (var (key, value) in more ?? new Dictionary<string, string>())
        {
            all[key] = value;
        }
        _bot = BotProcess.StartBy(Network?.Enter ?? [], folder, all, "run");
    }

    /// <summary>What /readyz says; null while nobody answers.</summary>
    public async Task<(int Status, JsonNode? Says)?> ReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Address, "/readyz"));
            return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync()));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <summary>What its webhook answers; null when it refused, cut off or kept silent.</summary>
    public async Task<HttpStatusCode?> PostAsync(byte[] body, string secret)
    {
        try
        {
            using var request = WebhookBench.Signed(new Uri(Address, "/in/forms"), body, secret, TimeProvider.System.GetUtcNow());
            using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>The roles it says it has.</summary>
    public async Task<IReadOnlyList<string>> RolesAsync() => [.. (await LeasesAsync()).Select(lease => lease.Role)];

    /// <summary>The leases it says it has.</summary>
    public async Task<IReadOnlyList<(string Role, long Epoch)>> LeasesAsync() =>
        await ReadyAsync() is { Says: { } says } ? [.. says["machine"]!["roles"]!.AsArray().Select(role => ((string)role!["role"]!, (long)role["epoch"]!))] : [];

    public async ValueTask DisposeAsync()
    {
        foreach (var bot in _past.Append(_bot).OfType<BotProcess>())
        {
            await bot.DisposeAsync();
        }
    }
}
