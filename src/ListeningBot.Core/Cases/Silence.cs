using System.Text.Json.Serialization;

namespace ListeningBot.Core.Cases;

/// <summary>What a silence is about. Stored by name: only add.</summary>
public enum SilenceOf
{
    Watch,
    Word,
    Author,
    Aspect,
    Team,
}

/// <summary>For a while new mentions of one kind open no case and ping nobody: they lie in the maybe tray, and the silence is named there.</summary>
/// <param name="Value">The watch's or team's name, the word or phrase, the account ("@mia", an address), the aspect.</param>
/// <param name="Until">When it ends, or was ended.</param>
public sealed record Silence(SilenceOf What, string Value, string Reason, Responder By, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Given by the store; 0 until then.</summary>
    public long Id { get; init; }

    /// <summary>Critical complaints are silenced as well; only when somebody said so.</summary>
    public bool AlsoCritical { get; init; }

    /// <summary>Who ended it before its time.</summary>
    public Responder? EndedBy { get; init; }

    /// <summary>"watch acme".</summary>
    [JsonIgnore]
    public string About => $"{What.ToString().ToLowerInvariant()} {Value}";

    /// <summary>"silence 3 (watch acme, by Anna Berg): planned works".</summary>
    [JsonIgnore]
    public string InWords => $"silence {Id} ({About}, by {By.Name}): {Reason}";
}
