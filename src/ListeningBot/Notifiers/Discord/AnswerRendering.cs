using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>What the presser alone is shown. In an embed, where no address in the text grows a preview.</summary>
internal static class AnswerRendering
{
    public const string NotSaved = "That was not saved. Please press again.";
    public const string CommandNotSaved = "That did not work and nothing was saved. Please send the command again.";
    public const string Saved = "Saved.";
    public const string TooOld = "This button is from an older version of this bot, or not its own, and does nothing any more. Nothing was changed.";
    public const string UnknownCommand = "This bot does not know that command any more, or not yet. Nothing was changed. Its commands are listed when you type a slash; Discord may show old ones for some minutes.";
    public const string OtherServer = "This bot works in the server where its cards are, and this is another one, or Discord could not tell just now. Nothing was changed. Where the cards are, please try again, best in their channel.";
    public const string ButtonsOnly = "This bot knows only its buttons and commands.";
    private const string Choose = "Please choose:";
    private const string FillInAgain = "Please have another look at what you wrote: nothing was changed.";
    private const string FormTooLate = "The form took too long to come. Please press once more.";

    public static MessageBody Of(PressAnswer answer, string otherwise) => new MessageBody
    {
        Embeds = [Text(answer.Say ?? (answer.Ask.Count > 0 ? Choose : otherwise))],
        Components = Buttons.Choices(answer.Ask),
        Flags = MessageBody.OnlyForPresser,
    }.Showing(answer.Picture);

    public static MessageBody Plain(string text) => Of(PressAnswer.Tell(text), text);

    /// <summary>A form can be shown only as the first answer to a press or command. Else a button brings it: what it does needs the form's fields, so pressing it asks for them.</summary>
    public static PressAnswer WithoutForm(PressAnswer answer, bool submitted) => answer.Form is not { } form ? answer : new PressAnswer(
        answer.Say ?? (submitted ? FillInAgain : FormTooLate), [.. answer.Ask, new CardButton(form.Title, form.Target, Main: true)]);

    private static Embed Text(string text) => new() { Description = Escaping.Lines(text, Rendering.MostDescription) is { Length: > 0 } shown ? shown : Saved, Color = Rendering.Grey };
}
