using System.Text.Json.Nodes;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <summary>A press and what its presser saw of it.</summary>
public sealed class LocalPress(string id, string token, JsonObject? message)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _edited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JsonObject? _shown = message is not null && ((int?)message["flags"] & 64) == 64 ? (JsonObject)message.DeepClone() : null;

    public string Id { get; } = id;
    public string Token { get; } = token;

    /// <summary>The first answer's type: 4 message, 5 deferred message, 6 deferred update, 7 update. Null: none came.</summary>
    public int? Type { get; private set; }

    /// <summary>The presser was told "This interaction failed".</summary>
    public bool Expired { get; private set; }

    /// <summary>What the presser alone sees now, or null.</summary>
    public JsonObject? Shown
    {
        get
        {
            lock (_gate)
            {
                return (JsonObject?)_shown?.DeepClone();
            }
        }
    }

    /// <summary>Messages that came after the first answer.</summary>
    public List<JsonObject> FollowUps { get; } = [];

    /// <summary>The words that the presser alone sees, without markdown's backslashes.</summary>
    public string Text => Words(Shown);

    public static string Words(JsonObject? message) =>
        $"{(string?)message?["content"]}{string.Join('\n', (message?["embeds"]?.AsArray() ?? []).Select(embed => (string?)embed!["description"]))}".Replace("\\", "", StringComparison.Ordinal);

    internal bool Answer(int type, JsonObject? data)
    {
        lock (_gate)
        {
            if (Type is not null)
            {
                return false;
            }
            Type = type;
            if (type is 4 or 5)
            {
                _shown = (JsonObject?)data?.DeepClone();
            }
            else if (type == 7)
            {
                Merge(data!);
            }
        }
        _answered.TrySetResult();
        return true;
    }

    internal void Edit(JsonObject data)
    {
        lock (_gate)
        {
            Merge(data);
        }
        _edited.TrySetResult();
    }

    internal void FollowUp(JsonObject data)
    {
        lock (_gate)
        {
            FollowUps.Add((JsonObject)data.DeepClone());
        }
        _edited.TrySetResult();
    }

    /// <summary>Waits until a deferred answer was filled in or followed up.</summary>
    public Task WaitForEditAsync() => _edited.Task.WaitAsync(TimeSpan.FromSeconds(20));

    internal async Task WaitForAnswerAsync(TimeSpan patience, TimeProvider time)
    {
        try
        {
            await _answered.Task.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            Expired = Type is null;
        }
    }

    private void Merge(JsonObject data)
    {
        _shown ??= [];
        foreach (var (name, value) in data)
        {
            _shown[name] = value?.DeepClone();
        }
    }
}
