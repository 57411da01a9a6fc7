using System.Text.Json.Nodes;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.EndToEnd.Crashes;

/// <summary>Holds back Discord's answer to one kind of request, before or after it was done, and tells that this moment is there. All other requests go on.</summary>
internal sealed class CrashGate(Town town, StoreLook store)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private IDisposable? _blocked;
    private bool _open;

    private enum When
    {
        Before,
        After,

        /// <summary>It is answered, and the store can't take note of it.</summary>
        Answered,
    }

    public Task Reached => _reached.Task;

    /// <summary>False when the step is none of Discord's.</summary>
    public bool Set(CrashStep step)
    {
        switch (step)
        {
            case CrashStep.CardBeingSent:
                return Hold(When.Before, "POST", "/messages", IsCard);
            case CrashStep.CardTakenNotAnswered:
                return Hold(When.After, "POST", "/messages", IsCard);
            case CrashStep.CardAnsweredNotNoted:
                return Hold(When.Answered, "POST", "/messages", IsCard);
            case CrashStep.CardBeingEdited:
                return Hold(When.Before, "PATCH", $"/channels/{Town.Room}/messages/", _ => true);
            case CrashStep.CardEditedNotAnswered:
                return Hold(When.After, "PATCH", $"/channels/{Town.Room}/messages/", _ => true);
            case CrashStep.PressStoredNotAnswered:
                return Hold(When.Before, "POST", "/callback", _ => true);
            case CrashStep.PressAnsweredNotHeard:
                return Hold(When.After, "POST", "/callback", _ => true);
            case CrashStep.PressAnswered:
                return Hold(When.Answered, "POST", "/callback", _ => true);
            case CrashStep.ThreadBeingStarted:
                return Hold(When.Before, "POST", "/threads", _ => true);
            case CrashStep.ThreadStartedNotAnswered:
                return Hold(When.After, "POST", "/threads", _ => true);
            case CrashStep.ThreadBeingFilled:
                return Hold(When.Before, "POST", "/messages", IsInThread);
            case CrashStep.ThreadFilledNotAnswered:
                return Hold(When.After, "POST", "/messages", IsInThread);
            case CrashStep.PingBeingSent:
                return Hold(When.Before, "POST", "/messages", IsPing);
            case CrashStep.PingTakenNotAnswered:
                return Hold(When.After, "POST", "/messages", IsPing);
            case CrashStep.PingAnsweredNotNoted:
                return Hold(When.Answered, "POST", "/messages", IsPing);
            case CrashStep.PingBeingWithdrawn:
                return Hold(When.Before, "DELETE", "/messages/", _ => true);
            case CrashStep.PingWithdrawnNotAnswered:
                return Hold(When.After, "DELETE", "/messages/", _ => true);
            default:
                return false;
        }
    }

    public void Open()
    {
        town.Discord.FailNoMore();
        lock (_gate)
        {
            _open = true;
            _blocked?.Dispose();
        }
    }

    private void Block()
    {
        var block = store.Block();
        lock (_gate)
        {
            _blocked = block;
            if (_open)
            {
                block.Dispose();
            }
        }
    }

    private bool Hold(When when, string method, string path, Func<LocalRequest, bool> isIt)
    {
        town.Discord.Fail(async (context, proceed) =>
        {
            var request = LocalDiscord.RequestOf(context);
            if (_reached.Task.IsCompleted || !isIt(request))
            {
                await AnswerAsync(context, await proceed());
                return;
            }
            var done = when == When.Before ? default : await proceed();
            if (when == When.Answered)
            {
                await Task.Run(Block);
                await AnswerAsync(context, done);
                await context.Response.CompleteAsync();
                _reached.TrySetResult();
                return;
            }
            _reached.TrySetResult();
            await LocalFault.Hang(context, proceed);
        }, method, path, times: int.MaxValue);
        return true;
    }

    private static async Task AnswerAsync(HttpContext context, (int Status, JsonNode? Body) answer)
    {
        context.Response.StatusCode = answer.Status;
        if (answer.Body is not null)
        {
            await context.Response.WriteAsync(answer.Body.ToJsonString());
        }
    }

    private static bool IsInRoom(LocalRequest request) => request.Path.EndsWith($"/channels/{Town.Room}/messages", StringComparison.Ordinal);

    private static bool IsPing(LocalRequest request) => IsInRoom(request) && request.Body?["message_reference"] is not null;

    private static bool IsCard(LocalRequest request) => IsInRoom(request) && request.Body?["message_reference"] is null;

    private static bool IsInThread(LocalRequest request) => !IsInRoom(request);
}
