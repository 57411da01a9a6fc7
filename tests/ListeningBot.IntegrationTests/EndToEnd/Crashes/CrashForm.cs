using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using ListeningBot.IntegrationTests.Channels.Webhook;

namespace ListeningBot.IntegrationTests.EndToEnd.Crashes;

/// <summary>
/// A shop's contact form: posts each complaint to the program, signed, and the same bytes again until it is told 200, also across the program's starts. After a 200 it forgets them: then the program alone has them.
/// </summary>
/// <param name="answered">Hears the word of each complaint that was answered 200.</param>
internal sealed class CrashForm(Action<string> answered) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient _http = new();
    private readonly ConcurrentDictionary<string, byte[]> _kept = new();
    private readonly ConcurrentDictionary<string, bool> _answered = new();
    private readonly ConcurrentDictionary<string, bool> _storedUnanswered = new();

    /// <summary>Each town's own: what comes to the program of another town, on a port that was this one's, is refused.</summary>
    public string Secret { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Its answers are lost on their way.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Words of complaints that were not answered 200 yet.</summary>
    public ICollection<string> Kept => _kept.Keys;

    public ICollection<string> Answered => _answered.Keys;

    /// <summary>How many were in the store when the program was killed, while nobody knew it.</summary>
    public int StoredUnanswered => _storedUnanswered.Count;

    public void Fill(string word, string text) =>
        _kept[word] = JsonSerializer.SerializeToUtf8Bytes(new { id = word, kind = "form", text, author = new { id = word, name = "Writer " + word } });

    public void WasStored(string word) => _storedUnanswered[word] = true;

    /// <summary>Posts what it keeps, each at its own pace, until it is disposed.</summary>
    public IAsyncDisposable Posting(BotProcess bot, CrashTally tally)
    {
        var end = new CancellationTokenSource();
        return new Posts(end, Task.Run(() => PostAsync(bot, tally, end.Token)));
    }

    private async Task PostAsync(BotProcess bot, CrashTally tally, CancellationToken ct)
    {
        var underWay = new Dictionary<string, Task>();
        while (!ct.IsCancellationRequested && !bot.HasExited)
        {
            if (bot.Web is { } web)
            {
                foreach (var (word, body) in _kept.Where(one => !underWay.TryGetValue(one.Key, out var last) || last.IsCompleted))
                {
                    underWay[word] = PostAsync(bot, new Uri(web, "/in/forms"), word, body, tally);
                }
            }
            await Task.WhenAny(Task.Delay(Pause, TimeProvider.System, ct));
        }
        await Task.WhenAll(underWay.Values);
    }

    public void Dispose() => _http.Dispose();

    private async Task PostAsync(BotProcess bot, Uri door, string word, byte[] body, CrashTally tally)
    {
        try
        {
            using var request = WebhookBench.Signed(door, body, Secret, TimeProvider.System.GetUtcNow());
            // The status alone is the word that counts: who reads it may hang up.
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (answer.StatusCode == HttpStatusCode.OK && !IsDeaf)
            {
                answered(word);
                _answered[word] = true;
                _kept.TryRemove(word, out _);
            }
            else if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout) && !bot.HasExited)
            {
                tally.Fault($"{word} was posted and answered {(int)answer.StatusCode}, which nobody should try again: {await answer.Content.ReadAsStringAsync()}");
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            // Refused or cut off: it is posted again.
        }
    }

    private sealed class Posts(CancellationTokenSource end, Task posting) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            await posting;
            end.Dispose();
        }
    }
}
