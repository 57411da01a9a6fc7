using System.Text.Json;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Storage;

/// <summary>Ordinary stored things; change what matters with `with`.</summary>
internal static class SomeStored
{
    public static readonly DateTimeOffset Now = ManualClock.Start;

    public static Mention Mention(string id = "1", long? caseId = null, string text = "My Acme laptop died again") => new()
    {
        Post = Some.Post(text, id),
        Posted = Now - TimeSpan.FromMinutes(2),
        FirstSeen = Now,
        Assessment = Some.Assessment(),
        Watches = ["acme"],
        Teams = ["care"],
        Standing = caseId is null ? Standing.Tray : Standing.Case,
        CaseId = caseId,
    };

    public static Case Case(long id, int version = 1, long mention = 1) => new()
    {
        Id = id,
        Version = version,
        State = CaseState.Unclaimed,
        Priority = Priority.High,
        Teams = ["care"],
        Posted = Now - TimeSpan.FromMinutes(2),
        FirstSeen = Now,
        FirstMention = mention,
        Voices = 1,
    };

    public static Opened Opened(Case @case) => new(@case.Id, @case.FirstMention, @case.Priority, @case.Teams, @case.Posted, @case.FirstSeen);

    /// <summary>Records that hold lists do not compare by value; their JSON does.</summary>
    public static string Json(Mention? mention) => mention is null ? "null" : JsonSerializer.Serialize(mention, StoreJson.Default.Mention);

    public static string Json(Case? @case) => @case is null ? "null" : JsonSerializer.Serialize(@case, StoreJson.Default.Case);

    public static PostKey Key(string id) => Mention(id).Post.Key;
}
