using System.Text.Json.Nodes;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <summary>A press and what its presser saw of it.</summary>
public sealed class LocalPress(string id, string token, int kind, JsonObject? message)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _edited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JsonObject? _shown = message is not null && ((int?)message["flags"] & 64) == 64 ? (JsonObject)message.DeepClone() : null;

    private const int Command = 2;
    private const int Component = 3;
    private const int Submit = 5;

    public string Id { get; } = id;
    internal JsonObject? Message => message;
    internal string? Channel { get; init; }
    public string Token { get; } = token;

    /// <summary>The first answer's type: 4 message, 5 deferred message, 6 deferred update, 7 update, 9 form. Null: none came.</summary>
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

    /// <summary>The form that opened, or null.</summary>
    public JsonObject? Form { get; private set; }

    /// <summary>Messages that came after the first answer.</summary>
    public List<JsonObject> FollowUps { get; } = [];

    /// <summary>The words that the presser alone sees, without markdown's backslashes.</summary>
    public string Text => Words(Shown);

    public static string Words(JsonObject? message) =>
        $"{(string?)message?["content"]}{string.Join('\n', (message?["embeds"]?.AsArray() ?? []).Select(embed => (string?)embed!["description"]))}".Replace("\\", "", StringComparison.Ordinal);

    /// <summary>Which answers fit what: documented under "Interaction Callback Type".</summary>
    internal IReadOnlyList<string> FaultsOf(int type, JsonObject? data, IReadOnlyList<LocalFile> files)
    {
        var fits = type switch
        {
            1 => kind == 1,
            4 or 5 => kind is Command or Component or Submit,
            6 or 7 => kind == Component || (kind == Submit && message is not null),
            9 => kind is Command or Component,
            _ => false,
        };
        return !fits ? ["type BASE_TYPE_CHOICES"]
            : type == 9 ? DiscordRules.FormFaults(data!)
            : type is 4 or 7 ? [.. DiscordRules.Faults(data!, creates: type == 4), .. LocalUpload.Faults(data!, files)]
            : [];
    }

    internal bool Answer(int type, JsonObject? data)
    {
        lock (_gate)
        {
            if (Type is not null)
            {
                return false;
            }
            Type = type;
            if (type == 9)
            {
                Form = (JsonObject)data!.DeepClone();
            }
            else if (type is 4 or 5)
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
