using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ListeningBot.Configuration;

namespace ListeningBot.Channels.Webhook;

/// <summary>Posts that others bring: POST /in/NAME at Web:Listen, signed. A post has the keys of a replay's line.</summary>
public sealed record WebhookOptions
{
    private const int LeastSecret = 16;
    private const int MostBody = 16 * 1024 * 1024;

    /// <summary>What both sides know and nobody else: `openssl rand -hex 32`.</summary>
    [Secret]
    [Description("What both sides know: openssl rand -hex 32. Better in the environment or a credentials folder than here.")]
    [MinLength(16)]
    public string Secret { get; init; } = "";

    /// <summary>A second secret that holds as well, while senders change from the one to the other; else empty.</summary>
    [Secret]
    [Description("A second secret that holds as well, while senders change from the one to the other.")]
    public string OldSecret { get; init; } = "";

    /// <summary>How far X-Timestamp may lie from our clock, and how long a delivery is known again. Default 5 minutes.</summary>
    [Description("How far the sender's clock may be from ours.")]
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The largest delivery, in bytes. Default 1,048,576.</summary>
    [Description("The largest delivery, in bytes.")]
    [Range(1024, 16777216)]
    public int LargestBody { get; init; } = 1024 * 1024;

    /// <summary>How long a delivery may wait until it is stored. Not to be configured.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Without the secrets, which a record would print.</summary>
    public override string ToString() => $"a webhook, at most {LargestBody} bytes, within {Window:c}";

    internal static IEnumerable<OptionProblem> Validate(WebhookOptions options)
    {
        const string cure = "Make one with `openssl rand -hex 32`.";
        if (options.Secret.Length == 0)
        {
            yield return new OptionProblem(nameof(Secret), "is missing", cure);
        }
        else if (options.Secret.Length < LeastSecret)
        {
            yield return new OptionProblem(nameof(Secret), $"is shorter than {LeastSecret} characters", cure);
        }
        if (options.OldSecret.Length is > 0 and < LeastSecret)
        {
            yield return new OptionProblem(nameof(OldSecret), $"is shorter than {LeastSecret} characters", "Leave it out, or give the secret that senders still use.");
        }
        if (options.Window < TimeSpan.FromSeconds(10) || options.Window > TimeSpan.FromHours(1))
        {
            yield return new OptionProblem(nameof(Window), "is not from ten seconds to an hour", "Give a time such as \"00:05:00\".");
        }
        if (options.LargestBody is < 1024 or > MostBody)
        {
            yield return new OptionProblem(nameof(LargestBody), $"is not from 1024 to {MostBody}", "Give a number of bytes, such as 1048576.");
        }
    }
}
