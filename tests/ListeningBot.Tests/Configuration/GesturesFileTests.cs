using ListeningBot.Core.Alerting;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Tests.Configuration;

/// <summary>config/gestures.yaml: what is right becomes gestures; what is wrong is told with line, words and cure.</summary>
public sealed class GesturesFileTests
{
    private const string Start = "gestures:\n  - name: flowers\n";

    [Fact]
    public void A_good_file_becomes_gestures()
    {
        using var folder = new ConfigurationFolder().Write("config/gestures.yaml", Start + """
              - name: a new device
                aspects: [quality, safety]
                severity: 3
                priority: high
                up to: 1499.90 EUR
                approve: manager
                say:
                  en: to send you a new one
                  de: "Ihnen ein neues zu schicken"
            """);

        var (flowers, device) = (folder.Settings().Playbook.Gestures[0], folder.Settings().Playbook.Gestures[1]);

        Assert.Equal(("flowers", 0, Priority.Low, null, null, Approver.Anyone, 0), (flowers.Name, flowers.Severity, flowers.Priority, flowers.UpTo, flowers.Currency, flowers.Approve, flowers.Aspects.Count));
        Assert.Equal(("a new device", 3, Priority.High, 1499.90m, "EUR", Approver.Manager), (device.Name, device.Severity, device.Priority, device.UpTo, device.Currency, device.Approve));
        Assert.Equal(["quality", "safety"], device.Aspects);
        Assert.Equal("to send you a new one", device.Say["en"]);
    }

    [Fact]
    public void Words_in_a_language_by_its_other_code_are_found_by_the_one_that_it_goes_by()
    {
        using var folder = new ConfigurationFolder().Write("config/gestures.yaml", Start + "    say:\n      nb: å sende deg blomster\n");
        Assert.Equal("å sende deg blomster", folder.Settings().Playbook.Gestures[0].Say["no"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gestures:\n")]
    [InlineData("gestures: []\n")]
    public void No_gesture_is_fine(string text)
    {
        using var folder = new ConfigurationFolder().Write("config/gestures.yaml", text);
        Assert.Empty(folder.Settings().Playbook.Gestures);
    }

    [Theory]
    [InlineData("gesture: []\n", 1, "has an unknown key \"gesture\" in this file", "Did you mean \"gestures\"?")]
    [InlineData("gestures: flowers\n", 1, "gestures is not a list", "Write each gesture as - name: ...")]
    [InlineData("gestures:\n  - flowers\n", 2, "has a gesture without keys", "Write each gesture as - name:")]
    [InlineData("gestures:\n  - severity: 1\n", 2, "a gesture has no name", "Add name: and what it is, in a few words for colleagues.")]
    [InlineData(Start + "    sevrity: 1\n", 3, "has an unknown key \"sevrity\" in gesture \"flowers\"", "Did you mean \"severity\"?")]
    [InlineData(Start + "    severity: 4\n", 3, "gesture \"flowers\": severity is \"4\", which is not known", "0 (small), 1 (noticeable), 2 (serious) or 3 (grave)")]
    [InlineData(Start + "    severity: [1]\n", 3, "gesture \"flowers\": severity is no plain word", "0 (small)")]
    [InlineData(Start + "    priority: urgent\n", 3, "priority is \"urgent\", which is not known", "Write low, normal, high or critical.")]
    [InlineData(Start + "    approve: boss\n", 3, "approve is \"boss\", which is not known", "Write anyone, lead or manager.")]
    [InlineData(Start + "    up to: 50\n", 3, "up to is \"50\", not an amount", "50 EUR or 49.90 USD")]
    [InlineData(Start + "    up to: 50 €\n", 3, "up to is \"50 €\", not an amount", "three letters")]
    [InlineData(Start + "    up to: 1,000 EUR\n", 3, "up to is \"1,000 EUR\", not an amount", "three letters")]
    [InlineData(Start + "    up to: 0 EUR\n", 3, "not an amount", "three letters")]
    [InlineData(Start + "    up to: -1 EUR\n", 3, "not an amount", "three letters")]
    [InlineData(Start + "    aspects: [quality, delivrey]\n", 3, "names the aspect \"delivrey\", which is not known", "Did you mean \"delivery\"?")]
    [InlineData(Start + "    aspects: []\n", 3, "aspects is empty", "then it is for all")]
    [InlineData(Start + "    aspects:\n", 3, "aspects is empty", "then it is for all")]
    [InlineData(Start + "    say: to send flowers\n", 3, "say has no languages", "en: \"a new cable\"")]
    [InlineData(Start + "    say:\n      english: to send flowers\n", 4, "say names the language \"english\"", "Write en.")]
    [InlineData(Start + "    say:\n      en: to send {name} flowers\n", 4, "say, en has a bracket or a second line", "plain words")]
    [InlineData(Start + "    say:\n      en:\n", 4, "say, en is empty", "take the line away")]
    [InlineData(Start + "  - name: Flowers\n", 3, "has a second gesture named \"Flowers\", the first is on line 2", "a name of its own")]
    public void A_mistake_is_told(string text, int line, string what, string cure)
    {
        using var folder = new ConfigurationFolder().Write("config/gestures.yaml", text);

        var problem = folder.Problem();

        Assert.Contains(what, problem.What);
        Assert.Contains(cure, problem.Cure);
        Assert.Equal(("config/gestures.yaml", (int?)line), (problem.File, problem.Line));
    }
}
