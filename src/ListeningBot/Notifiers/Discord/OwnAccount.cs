namespace ListeningBot.Notifiers.Discord;

/// <summary>The bot's own user, asked for once.</summary>
internal sealed class OwnAccount(Rest rest)
{
    private volatile string? _id;

    /// <summary>Throws <see cref="IOException"/> when Discord does not tell.</summary>
    public async Task<string> IdAsync(CancellationToken ct) => _id ??= (await AskAsync(rest, ct)).Id;

    public static async Task<(string Id, string Name)> AskAsync(Rest rest, CancellationToken ct) => await rest.SendAsync(Route.Me, ct) switch
    {
        RestReply.Done done when Snowflake.TryParse(done.Body.Text("id"), out _) => (done.Body.Text("id")!, Cleaning.OneLine(done.Body.Text("username") ?? "")),
        RestReply.Refused { Status: 401 } => throw new IOException(Outcomes.TokenCure),
        RestReply.Refused refused => throw new IOException($"Discord did not take the sign-in (HTTP {refused.Status}, code {refused.Code})"),
        RestReply.NotSent notSent => throw new IOException(notSent.Reason),
        RestReply.Unsure unsure => throw new IOException(unsure.Reason),
        RestReply.Limited limited => throw new IOException($"{limited.Reason}; try again in {Math.Ceiling(limited.After.TotalSeconds)} seconds"),
        _ => throw new IOException("Discord's answer to the sign-in could not be read"),
    };
}
