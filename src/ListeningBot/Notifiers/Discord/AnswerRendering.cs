using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>What the presser alone is shown. In an embed, where no address in the text grows a preview.</summary>
internal static class AnswerRendering
{
    public const string NotSaved = "That was not saved. Please press again.";
    public const string Saved = "Saved.";
    public const string TooOld = "This button is from an older version of this bot, or not its own, and does nothing any more. Nothing was changed.";
    public const string ButtonsOnly = "This bot knows only its buttons.";
    private const string Choose = "Please choose:";

    public static MessageBody Of(PressAnswer answer, string otherwise) => new()
    {
        Embeds = [Text(answer.Say ?? (answer.Ask.Count > 0 ? Choose : otherwise))],
        Components = Buttons.Choices(answer.Ask),
        Flags = MessageBody.OnlyForPresser,
    };

    public static MessageBody Plain(string text) => Of(PressAnswer.Tell(text), text);

    private static Embed Text(string text) => new() { Description = Escaping.Lines(text, Rendering.MostDescription), Color = Rendering.Grey };
}
