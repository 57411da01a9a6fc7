using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.Channels;

/// <summary>
/// Where others bring posts to us: a request to /in/NAME of the program's own server goes to the channel of that name.
/// A door stays while its channel is configured, so that who knocks while the channel rests is told to come again, and not that there is nobody.
/// </summary>
public sealed class Doors
{
    private readonly ConcurrentDictionary<string, RequestDelegate> _open = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _whyNot;
    private volatile string _address = "";

    /// <summary>Completes once the server has begun, or could not.</summary>
    public Task Known => _known.Task;

    /// <summary>Why nothing comes in, with the cure, to an operator; null while the server is heard.</summary>
    public string? WhyNot => _whyNot;

    /// <summary>Where <paramref name="name"/> is found: "http://127.0.0.1:8473/in/forms".</summary>
    public string AddressOf(string name) => $"{_address.TrimEnd('/')}/in/{Uri.EscapeDataString(name)}";

    /// <summary>Doors of a verb that has no server.</summary>
    public static Doors Closed(string why)
    {
        var doors = new Doors();
        doors.NotServed(why);
        return doors;
    }

    public void Served(string address)
    {
        (_address, _whyNot) = (address, null);
        _known.TrySetResult();
    }

    public void NotServed(string why)
    {
        _whyNot = why;
        _known.TrySetResult();
    }

    /// <summary>From now on this one answers; it took the place of the one before.</summary>
    public void Open(string name, RequestDelegate answer) => _open[name] = answer;

    /// <summary>The channel is configured no more.</summary>
    public void Remove(string name) => _open.TryRemove(name, out _);

    /// <summary>Answers one request to /in/<paramref name="name"/>.</summary>
    public Task AnswerAsync(string name, HttpContext context)
    {
        if (_open.TryGetValue(name, out var answer))
        {
            return answer(context);
        }
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsJsonAsync(new { error = "No webhook channel of this name is configured. Check the last part of the address." }, context.RequestAborted);
    }
}
