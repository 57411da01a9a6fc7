using System.Text;
using System.Text.Json.Nodes;
using ListeningBot.Configuration.Editing;

namespace ListeningBot.Tests.Configuration.Editing;

/// <summary>Files of many shapes, and any change of them.</summary>
public sealed class YamlEditPropertyTests
{
    private static readonly string[] s_words = ["nimbus", "gift card", "#down", "@us", "can't", "it's: so", "a # b", "日本", "🔥", "true", "404", "say \"no\"", "back\\slash", "[x]", "*star", "~late", "ünïcode wörd", "-dash", "{y}", "a, b", "refund*"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_change_gives_exactly_the_tree_that_was_meant_and_leaves_every_other_line_as_it_was(int seed)
    {
        var random = new Random(seed);
        var done = 0;
        for (var i = 0; i < 1500; i++)
        {
            var text = new RandomWatches(random).Text();
            var edit = Edit(random);
            var edited = YamlEdit.Apply(text, edit);
            if (edited.Text is null)
            {
                Assert.NotNull(edited.WhyNot);
                continue;
            }
            done++;
            var meant = YamlEdit.Tree(text)!;
            Mean(meant, edit);
            Assert.True(JsonNode.DeepEquals(meant, YamlEdit.Tree(edited.Text)), $"{edit}\n{text}\n->\n{edited.Text}");
            AssertOthersStand(text, edited.Text, edit);
        }
        Assert.InRange(done, 800, 1500);
    }

    [Fact]
    public void Words_and_their_comments_can_be_added_and_taken_out_again_without_a_trace()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var text = new RandomWatches(random).Text();
            var added = YamlEdit.Apply(text, new WatchEdit.AddWord("w1", "find", "brand new"));
            var back = added.Text is null ? null : YamlEdit.Apply(added.Text, new WatchEdit.RemoveWord("w1", "find", "brand new")).Text;

            Assert.True(back is null || back == text, $"{text}\n->\n{added.Text}\n->\n{back}");
        }
    }

    private static WatchEdit Edit(Random random)
    {
        var (watch, word, list) = ($"w{random.Next(3)}", s_words[random.Next(s_words.Length)], random.Next(2) == 0 ? "find" : "exclude");
        return random.Next(4) switch
        {
            0 or 1 => new WatchEdit.AddWord(watch, list, word),
            2 => new WatchEdit.RemoveWord(watch, list, word),
            _ => new WatchEdit.RemoveKey(watch, "shadow"),
        };
    }

    /// <summary>The change said once more, without the code that is tested.</summary>
    private static void Mean(JsonNode tree, WatchEdit edit)
    {
        var watch = tree["watches"]!.AsArray().Select(one => one!.AsObject()).First(one => (string?)one["name"] == edit.Watch);
        switch (edit)
        {
            case WatchEdit.AddWord add:
                watch[add.List] = new JsonArray([.. watch[add.List]?.AsArray().Select(word => word!.DeepClone()) ?? [], JsonValue.Create(add.Word)]);
                break;
            case WatchEdit.RemoveWord remove:
                var left = watch[remove.List]!.AsArray().Select(word => (string)word!).ToList();
                left.Remove(remove.Word);
                watch.Remove(remove.List);
                _ = left.Count == 0 || watch.TryAdd(remove.List, new JsonArray([.. left.Select(word => JsonValue.Create(word))]));
                break;
            case WatchEdit.RemoveKey remove:
                watch.Remove(remove.Key);
                break;
        }
    }

    /// <summary>No change is more than a key and one word below it.</summary>
    private static void AssertOthersStand(string before, string after, WatchEdit edit)
    {
        Assert.Equal(before.Contains("\r\n", StringComparison.Ordinal), after.Replace("\r\n", "", StringComparison.Ordinal).Length + 2 <= after.Length && !after.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n'));
        var (old, now) = (before.ReplaceLineEndings("\n").Split('\n'), after.ReplaceLineEndings("\n").Split('\n'));
        var first = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        var last = old.Reverse().Zip(now.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        var changed = Math.Max(old.Length, now.Length) - Math.Min(first, Math.Min(old.Length, now.Length) - last) - last;
        Assert.True(changed <= 2, $"{changed} lines of {edit}\n{before}\n->\n{after}");
    }

    /// <summary>A file as people write them, each in another way.</summary>
    private sealed class RandomWatches(Random random)
    {
        private readonly string _break = random.Next(3) == 0 ? "\r\n" : "\n";

        public string Text()
        {
            var text = new StringBuilder();
            Line(text, "# ours", Maybe());
            Line(text, random.Next(2) == 0 ? "ours: [\"@us\", '*@us.example'] # all" : "ours:\n- \"@us\"".ReplaceLineEndings(_break));
            Line(text, "watches:");
            var indent = random.Next(2) == 0 ? "  " : "";
            for (var i = 0; i < 3; i++)
            {
                Line(text, indent + "# about this one: [x]", Maybe());
                Line(text, "", Maybe());
                text.Append(random.Next(4) == 0 ? Flow(i, indent) : Block(i, indent));
            }
            var whole = text.ToString();
            return random.Next(4) == 0 ? whole.TrimEnd('\r', '\n') : whole;
        }

        private string Flow(int number, string indent)
        {
            List<string> keys = [$"name: w{number}", $"find: {List()}"];
            if (Maybe())
            {
                keys.Add($"exclude: {List()}");
            }
            if (Maybe())
            {
                keys.Insert(random.Next(keys.Count + 1), "shadow: true");
            }
            return $"{indent}- {{{string.Join(random.Next(3) == 0 ? $",{_break}{indent}     " : ", ", keys)}}}{Comment()}{_break}";
        }

        private string Block(int number, string indent)
        {
            List<string> keys = [$"name: w{number}{Comment()}", Words("find")];
            if (Maybe())
            {
                keys.Add(Words("exclude"));
            }
            if (Maybe())
            {
                keys.Insert(random.Next(keys.Count + 1), $"shadow: true{Comment()}");
            }
            if (Maybe())
            {
                keys.Insert(1, $"team: care{Comment()}");
            }
            if (random.Next(4) == 0)
            {
                keys.Add($"note: >{_break}  something AND{_break}{_break}    (more # no comment)");
            }
            var step = indent + "  ";
            return string.Concat(keys.Select((key, i) => (i == 0 ? indent + "- " : step) + key.Replace("\n", "\n" + step, StringComparison.Ordinal).Replace("\n" + step + "\r", "\n\r", StringComparison.Ordinal) + _break));
        }

        private string Words(string key)
        {
            if (random.Next(3) == 0)
            {
                return $"{key}: {List()}{Comment()}";
            }
            var step = Maybe() ? "  " : "";
            return $"{key}:{Comment()}" + string.Concat(Some().Select(word => $"{_break}{step}- {word}{Comment()}"));
        }

        private string List() => random.Next(4) == 0 ? $"[ {string.Join(" , ", Some())}, ]" : $"[{string.Join(Maybe() ? ", " : ",", Some())}]";

        private IEnumerable<string> Some() => random.GetItems(s_words, random.Next(1, 5)).Distinct().Select(Written);

        private string Written(string word) => random.Next(2) == 0 ? YamlText.Of(word) : $"'{word.Replace("'", "''", StringComparison.Ordinal)}'";

        private string Comment() => random.Next(3) == 0 ? "  # so [it], is" : "";

        private bool Maybe() => random.Next(2) == 0;

        private void Line(StringBuilder text, string line, bool wanted = true) => text.Append(wanted ? line + _break : "");
    }
}
