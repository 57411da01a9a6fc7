using System.Text.Json.Nodes;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Cli;

/// <summary>The state for machines: one object in one line. Times are UTC, lengths of time seconds.</summary>
internal static class StatusVerbJson
{
    public static JsonObject Of(StatusState state, IReadOnlyList<string> needs) => new()
    {
        ["well"] = needs.Count == 0,
        ["needs"] = new JsonArray([.. needs.Select(need => (JsonNode?)need)]),
        ["at"] = state.Now,
        ["program"] = state.Program is { } program ? Of(program) : null,
        ["store"] = Of(state),
        ["channels"] = new JsonArray([.. (state.Store?.Channels ?? []).Select(channel => (JsonNode?)new JsonObject
        {
            ["name"] = channel.Name,
            ["lastRead"] = channel.LastRead,
            ["darkSince"] = channel.DarkSince,
            ["darkLastDay"] = Math.Round(channel.DarkLastDay.TotalSeconds),
            ["mentionsToday"] = channel.MentionsToday,
        })]),
        ["cases"] = new JsonArray([.. (state.Store?.Standing.Cases ?? []).Select(cases => (JsonNode?)new JsonObject
        {
            ["priority"] = Name(cases.Priority), ["claimed"] = cases.Claimed, ["count"] = cases.Count, ["oldest"] = cases.Oldest,
        })]),
        ["cardsWaiting"] = new JsonArray([.. (state.Store?.Standing.Cards ?? []).Select(cards => (JsonNode?)new JsonObject
        {
            ["room"] = cards.Room, ["priority"] = Name(cards.Priority), ["count"] = cards.Count, ["oldest"] = cards.Oldest,
        })]),
        ["unclaimedCritical"] = state.Store?.FreeCritical.Count,
        ["oldestUnclaimedCritical"] = state.Store?.FreeCritical is [var @case, ..] ? new JsonObject { ["case"] = @case.Id, ["since"] = @case.Since } : null,
        ["postToCardToday"] = state.Store?.Today is { Mentions: > 0 } today
            ? new JsonObject { ["mentions"] = today.Mentions, ["p50"] = today.P50.TotalSeconds, ["p95"] = today.P95.TotalSeconds } : null,
        ["configuration"] = new JsonObject { ["version"] = state.Store?.Config?.Id, ["since"] = state.Store?.Config?.At, ["held"] = state.Store?.Held, ["errorsInFilesHere"] = state.ConfigErrors },
    };

    private static JsonObject Of(ProgramState program) => new()
    {
        ["address"] = program.Address.Authority,
        ["version"] = program.Version,
        ["started"] = program.Started,
        ["machine"] = program.Machine is { } machine ? Of(machine) : null,
        ["parts"] = new JsonArray([.. program.Parts.Select(part => (JsonNode?)new JsonObject
        {
            ["name"] = part.WholeName, ["state"] = part.State, ["since"] = part.Since, ["why"] = part.Why, ["lastHeard"] = part.LastHeard, ["read"] = part.Read,
        })]),
    };

    private static JsonObject Of(MachineSeen machine) => new()
    {
        ["name"] = machine.Name,
        ["roles"] = List(machine.Roles),
        ["others"] = new JsonArray([.. machine.Others.Select(other => (JsonNode?)new JsonObject { ["name"] = other.Name, ["roles"] = List(other.Roles) })]),
        ["gone"] = List(machine.Gone),
        ["clockAhead"] = machine.ClockAhead,
        ["why"] = machine.Why,
    };

    private static JsonArray List(IReadOnlyList<string> names) => [.. names.Select(name => (JsonNode?)name)];

    private static JsonObject Of(StatusState state) => new()
    {
        ["where"] = state.Where,
        ["fault"] = state.StoreFault,
        ["bytes"] = state.Store?.Standing.Bytes,
        ["lastBackup"] = state.Store?.LastBackup,
        ["stoppedSince"] = state.Store?.StoppedSince,
        ["maybeTray"] = state.Store?.Standing.InTray,
        ["pingsWaiting"] = state.Store?.Standing.PingsWaiting,
        ["deadLetters"] = state.Store?.Standing.DeadLetters,
        ["dueSince"] = state.Store?.Standing.DueSince,
    };

    private static string Name(Priority priority) => priority.ToString().ToLowerInvariant();
}
