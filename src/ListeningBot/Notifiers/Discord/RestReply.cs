using System.Text.Json;

namespace ListeningBot.Notifiers.Discord;

/// <summary>How one request ended. Reasons are for operators and hold no token and no customer text.</summary>
internal abstract record RestReply
{
    private RestReply()
    {
    }

    /// <summary>Done. The body is an undefined element for answers without one.</summary>
    public sealed record Done(JsonElement Body) : RestReply;

    /// <summary>Not done: a limit is used up for so long.</summary>
    public sealed record Limited(TimeSpan After, string Reason) : RestReply;

    /// <summary>Not done, and never will be as it is.</summary>
    /// <param name="Status">HTTP's word for it.</param>
    /// <param name="Code">Discord's own code, 0 when it gave none.</param>
    /// <param name="Detail">Names of faulty fields with their error codes, or empty.</param>
    public sealed record Refused(int Status, long Code, string Detail) : RestReply;

    /// <summary>It surely did not reach Discord.</summary>
    public sealed record NotSent(string Reason) : RestReply;

    /// <summary>It may have been done or not.</summary>
    public sealed record Unsure(string Reason) : RestReply;
}
