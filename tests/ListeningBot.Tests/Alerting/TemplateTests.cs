using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Tests.Alerting;

/// <summary>Templates: what is known is put in once, what is not known leaves no hole, and no customer's words are read as a template.</summary>
public sealed class TemplateTests
{
    private static readonly string[] Always = ["owner", "case"];
    private static readonly string[] Sometimes = ["name", "wants"];

    private static Dictionary<string, string?> Values(string? name = "Mia", string? wants = null) => new() { ["name"] = name, ["wants"] = wants, ["owner"] = "Ana", ["case"] = "12" };

    [Theory]
    [InlineData("Hello {name}, I am {owner}.", "Hello Mia, I am Ana.")]
    [InlineData("Hello[ {name}], I am {OWNER}.", "Hello Mia, I am Ana.")]
    [InlineData("{ Name }!", "Mia!")]
    [InlineData("Sorry.[ You want {wants}.] {owner}", "Sorry. Ana")]
    [InlineData("[{wants} and {name}]rest", "rest")]
    [InlineData("[{name}: ][{wants}: ]{case}", "Mia: 12")]
    [InlineData("no placeholder", "no placeholder")]
    [InlineData("", "")]
    [InlineData("{unknown} {} { {owner", "{unknown} {} { {owner")]
    [InlineData("open [ {name}", "open [ Mia")]
    public void It_is_filled(string template, string filled) => Assert.Equal(filled, Template.Fill(template, Values()));

    [Theory]
    [InlineData("{owner}", "{owner}")]
    [InlineData("[{owner}]", "[{owner}]")]
    [InlineData("]", "]")]
    [InlineData("}{case}{", "}{case}{")]
    [InlineData("a\r\nb\u202E\u0000c", "a b c")]
    public void A_customers_name_is_only_ever_a_name(string name, string shown) =>
        Assert.Equal($"Hello {shown}, I am Ana.", Template.Fill("Hello[ {name}], I am {owner}.", Values(name)));

    [Fact]
    public void A_name_without_end_is_cut_and_never_inside_a_character()
    {
        var filled = Template.Fill("{name}", Values(string.Concat(Enumerable.Repeat("😡", 5000))));

        Assert.True(filled.Length <= 201, $"{filled.Length}");
        Assert.False(char.IsHighSurrogate(filled[^2]));
    }

    [Theory]
    [InlineData("Hello[ {name}], {Owner}", null)]
    [InlineData("{owner} [{case} {wants}]", null)]
    [InlineData("Hello {name}", "has {name} outside of [ ], but it is not always known. Put brackets around the words that need it: \"Hello[ {name}]\".")]
    [InlineData("{nmae}", "has the placeholder {nmae}, which is not known here. Did you mean {name}?")]
    [InlineData("{elephant}", "has the placeholder {elephant}, which is not known here. Known here: {owner}, {case}, {name}, {wants}.")]
    [InlineData("{owner", "has a { that is not closed. Close it with }: {name}.")]
    [InlineData("owner}", "has a } without its {. Take it away, or put the { before the placeholder's name.")]
    [InlineData("[{name}", "has a [ that is not closed. Close it with ] where the part ends that may be left out.")]
    [InlineData("name]", "has a ] without its [. Take it away, or put the [ where the part begins that may be left out.")]
    [InlineData("[a [{name}]]", "has a [ inside [ ]. Close the first with ] before the next begins.")]
    [InlineData("[sic]", "has [ ] without a placeholder inside. Use ( ) for words that always stay; [ ] is left out when its placeholder has nothing to say.")]
    public void A_mistake_is_told(string template, string? told) =>
        Assert.Equal(told, TemplateCheck.Of(template, Always, Sometimes).Select(problem => $"{problem.What}. {problem.Cure}").FirstOrDefault());

    [Fact]
    public void Whatever_is_written_is_filled_or_told_and_nothing_of_a_value_is_read_again()
    {
        var random = new Random(3);
        string[] scraps = ["{", "}", "[", "]", "{name}", "{owner}", "{wants}", "a", " ", "{{", "]]", "[{name}]", "\0", "😀", "\ud800"];
        for (var i = 0; i < 20_000; i++)
        {
            string Made() => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => scraps[random.Next(scraps.Length)]));
            var (template, name) = (Made(), Made());

            var good = !TemplateCheck.Of(template, Always, Sometimes).Any();
            var filled = Template.Fill(template, Values(name));

            if (good)
            {
                // the same with a name that can't be mistaken for anything, then put in by hand
                var shown = Template.Fill("{name}", Values(name));
                Assert.Equal(shown.Length == 0 ? Template.Fill(template, Values("")) : Template.Fill(template, Values("XYZ")).Replace("XYZ", shown, StringComparison.Ordinal), filled);
            }
        }
    }
}
