using ListeningBot.Net;

namespace ListeningBot.Notifiers.Discord;

/// <summary>What is needed to take a broken connection up again where it ended.</summary>
internal sealed class GatewaySession
{
    /// <summary>The last event heard, null before the first.</summary>
    public long? Sequence { get; set; }
    public string? Id { get; private set; }
    public Uri? ResumeAddress { get; private set; }

    public bool CanResume => Id is not null && ResumeAddress is not null && Sequence is not null;

    public void Begin(string id, Uri resumeAddress) => (Id, ResumeAddress) = (id, resumeAddress);

    public void Forget() => (Id, ResumeAddress, Sequence) = (null, null, null);
}

/// <summary>How a connection ended.</summary>
/// <param name="Why">For the log.</param>
/// <param name="Resumable">The session may be taken up again.</param>
/// <param name="WasReady">It worked: the pause before the next begins small again.</param>
internal sealed record Ending(string Why, bool Resumable, bool WasReady)
{
    /// <summary>Why no connection came about, so that the session is not to blame; null: one did.</summary>
    public WebFault? Fault { get; init; }
}
