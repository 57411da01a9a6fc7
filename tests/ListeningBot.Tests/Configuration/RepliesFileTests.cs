using ListeningBot.Core.Alerting;

namespace ListeningBot.Tests.Configuration;

/// <summary>config/replies.yaml: what is right becomes drafts; what is wrong is told with line, words and cure.</summary>
public sealed class RepliesFileTests
{
    private const string Answer = "answer:\n  en:\n    any:\n      acknowledge: \"Hello[ {name}].\"\n      offer: I do.\n      be quick: Soon. {owner}\n";

    [Fact]
    public void A_good_file_becomes_templates()
    {
        using var folder = new ConfigurationFolder().Write("config/replies.yaml", Answer + """
                delivery:
                  offer: >
                    Where is it,
                    {case}?
            follow-up:
              de:
                any: 'Guten Tag[ {name}], hier ist {owner}.'
            leader:
              en:
                any: I am {leader}.
            """);

        var playbook = folder.Settings().Playbook;

        Assert.Equal(
            [
                "Answer en any Acknowledge: Hello[ {name}].", "Answer en any Offer: I do.", "Answer en any BeQuick: Soon. {owner}", "Answer en delivery Offer: Where is it, {case}?",
                "FollowUp de any Whole: Guten Tag[ {name}], hier ist {owner}.", "Leader en any Whole: I am {leader}.",
            ],
            playbook.Replies.Select(reply => $"{reply.Purpose} {reply.Language} {reply.Aspect} {reply.Part}: {reply.Template}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    public void An_empty_file_leaves_the_words_that_are_built_in(string text)
    {
        using var folder = new ConfigurationFolder().Write("config/replies.yaml", text);

        var playbook = folder.Settings().Playbook;

        Assert.Empty(playbook.Replies);
        Assert.Equal("What would make this right for you?", playbook.TemplateOf(ReplyPurpose.Ask, ReplyPart.Whole, playbook.LanguageOf(ReplyPurpose.Ask, "de"), "delivery"));
    }

    [Theory]
    [InlineData("- a\n", 1, "is not a list of settings", "Begin with a line that says answer: (config/README.md shows one).")]
    [InlineData("anwser: {}\n", 1, "has an unknown key \"anwser\" in this file", "Did you mean \"answer\"?")]
    [InlineData("ask:\n", 1, "ask has nothing below it that can be read", "Write the languages below it: en: with the words for any: below that.")]
    [InlineData("ask: hello\n", 1, "ask has nothing below it that can be read", "Write the languages below it")]
    [InlineData("ask:\n  en: hello\n", 2, "ask, en has nothing below it that can be read", "Write the aspects below it, any: first.")]
    [InlineData("ask:\n  english:\n    any: What?\n", 2, "ask names the language \"english\", which is not known", "Write en.")]
    [InlineData("ask:\n  en:\n    delivery: Where?\n", 2, "ask, en has no words for any", "Add any: below it; it is used for all that has no words of its own.")]
    [InlineData("ask:\n  en:\n    any: What?\n    delivrey: Where?\n", 4, "has an unknown key \"delivrey\" in ask, en", "Did you mean \"delivery\"?")]
    [InlineData("ask:\n  en:\n    any: \"\"\n", 3, "ask, en, any is empty", "Write what is to be said, or take the line away.")]
    [InlineData("ask:\n  en:\n    any: {name}, what?\n", 3, "has text behind a closing quote, bracket or brace", "put the whole of it in quotes")]
    [InlineData("ask:\n  en:\n    any: {name}\n", 3, "ask, en, any is no plain text", "Put it in quotes")]
    [InlineData("ask:\n  en:\n    any: What, {nmae}?\n", 3, "ask, en, any has the placeholder {nmae}, which is not known here", "Did you mean {name}?")]
    [InlineData("ask:\n  en:\n    any: What, {name}?\n", 3, "ask, en, any has {name} outside of [ ], but it is not always known", "Put brackets around the words that need it: \"Hello[ {name}]\".")]
    [InlineData("ask:\n  en:\n    any: What, {leader}?\n", 3, "has the placeholder {leader}, which is not known here", "Known here: {owner}, {team}, {case}, {name}, {wants}.")]
    [InlineData("ask:\n  en:\n    any: What[ {name}?\n", 3, "ask, en, any has a [ that is not closed", "Close it with ]")]
    [InlineData("ask:\n  en:\n    any: What?\n    any: Which?\n", 4, "has \"any\" twice, first on line 3", "Keep one of them.")]
    [InlineData("answer:\n  en:\n    any: Hello\n", 3, "answer, en, any has nothing below it that can be read", "Write its parts below it: acknowledge:, offer: and be quick:.")]
    [InlineData("answer:\n  en:\n    any:\n      acknowledge: Hello\n      offer: I do.\n", 4, "answer, en, any has no be quick", "Add be quick: below any; other aspects use it when they have none of their own.")]
    [InlineData(Answer + "    delivery:\n      ofer: Where?\n", 8, "has an unknown key \"ofer\" in answer, en, delivery", "Did you mean \"offer\"?")]
    [InlineData(Answer + "    delivery:\n      offer: \"[sic]\"\n", 8, "answer, en, delivery, offer has [ ] without a placeholder inside", "Use ( )")]
    [InlineData(Answer + "    delivery:\n      offer: \"by {promise}\"\n", 8, "has {promise} outside of [ ]", "Put brackets")]
    public void A_mistake_is_told(string text, int line, string what, string cure)
    {
        using var folder = new ConfigurationFolder().Write("config/replies.yaml", text);

        var problem = folder.Problem();

        Assert.Contains(what, problem.What);
        Assert.Contains(cure, problem.Cure);
        Assert.Equal(("config/replies.yaml", (int?)line), (problem.File, problem.Line));
    }

    [Fact]
    public void A_text_without_end_is_told()
    {
        using var folder = new ConfigurationFolder().Write("config/replies.yaml", $"ask:\n  en:\n    any: {new string('x', 601)}\n");
        Assert.Equal("ask, en, any is longer than 600 characters", folder.Problem().What);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        using var folder = new ConfigurationFolder()
            .Write("config/replies.yaml", "ask:\n  en:\n    any: \"{x} {y} {name}\"\n  xx:\n    any: Z\n")
            .Write("config/gestures.yaml", "gestures:\n  - nmae: a\n");
        Assert.Equal(
            ["config/gestures.yaml:2", "config/gestures.yaml:2", "config/replies.yaml:3", "config/replies.yaml:3", "config/replies.yaml:3", "config/replies.yaml:4"],
            folder.Problems().Select(problem => $"{problem.File}:{problem.Line}"));
    }

    [Theory]
    [InlineData("config/replys.yaml", "Rename it to replies.yaml, or move it out of config/.")]
    [InlineData("config/elephants.yaml", "Rename it to watches.yaml or responders.yaml or replies.yaml or gestures.yaml, or move")]
    [InlineData("config/gesture.yml", "Rename it to gestures.yaml, or move it out of config/.")]
    public void A_file_with_nearly_the_right_name_is_told(string name, string cure)
    {
        using var folder = new ConfigurationFolder().Write(name, "");
        Assert.Contains(cure, folder.Problem().Cure);
    }
}
