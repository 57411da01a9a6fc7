namespace ListeningBot.Configuration.Editing;

/// <summary>Finds where one change of one watch is to be written.</summary>
/// <param name="watch">The watch's map.</param>
internal sealed class YamlEditing(YamlSplice splice, YamlMark watch)
{
    private const string TooOdd = "is written in a way that I can't change safely";

    /// <summary>After these a list of words reads best.</summary>
    private static readonly string[] s_wordsGoAfter = ["find", "query", "everything", "name"];

    /// <summary>Null when the change stands in the splice now.</summary>
    public string? WhyNot(WatchEdit edit) => edit switch
    {
        WatchEdit.AddWord add => Add(add.List, add.Word),
        WatchEdit.RemoveWord remove => Remove(remove.List, remove.Word),
        WatchEdit.RemoveKey remove => RemoveKey(remove.Key),
        _ => TooOdd,
    };

    private string? Add(string list, string word)
    {
        if (watch.EntryOf(list) is not { Value: var old })
        {
            return AddList(list, YamlText.Of(word));
        }
        if (old.Items.Any(item => item.Text.Trim() == word))
        {
            return $"has {Problems.Quote(word)} under {list} already";
        }
        switch (old)
        {
            case { Style: MarkStyle.FlowList, Items: [] }:
                splice.Insert(old.Start + 1, YamlText.Of(word));
                return null;
            case { Style: MarkStyle.FlowList, Items: [.., var last] }:
                splice.Insert(last.End, ", " + YamlText.Of(word));
                return null;
            case { Style: MarkStyle.BlockList, Items: [.., { Style: MarkStyle.Scalar } last] } when IsDash(splice.Before(last.Start)):
                splice.InsertBelow(last.End, splice.Before(last.Start) + YamlText.Of(word));
                return null;
            default:
                return TooOdd;
        }
    }

    private string? Remove(string list, string word)
    {
        if (watch.EntryOf(list) is not { Value: { Style: MarkStyle.BlockList or MarkStyle.FlowList } old } || old.Items.Index().FirstOrDefault(item => item.Item.Text.Trim() == word) is not { Item: { } item, Index: var at })
        {
            return $"has no {Problems.Quote(word)} under {list}";
        }
        if (old.Items.Count == 1)
        {
            return RemoveKey(list);
        }
        if (old.Style == MarkStyle.FlowList)
        {
            RemoveFromFlow(at > 0 ? old.Items[at - 1] : null, item.Start, item.End);
            return null;
        }
        if (item.Style != MarkStyle.Scalar || !IsDash(splice.Before(item.Start)))
        {
            return TooOdd;
        }
        splice.RemoveLines(item.Start, item.End);
        return null;
    }

    /// <summary>A list of this one word.</summary>
    private string? AddList(string key, string word)
    {
        var neighbour = s_wordsGoAfter.Select(watch.EntryOf).FirstOrDefault(entry => entry is not null) ?? watch.Entries.Last();
        if (watch.Style == MarkStyle.FlowMap)
        {
            splice.Insert(neighbour.Value.End, $", {key}: [{word}]");
            return null;
        }
        var indent = new string(' ', splice.Before(watch.Items[0].Start).Length);
        splice.InsertBelow(EndOf(neighbour), $"{indent}{key}:", $"{indent}  - {word}");
        return null;
    }

    private string? RemoveKey(string key)
    {
        if (watch.EntryOf(key) is not { } entry)
        {
            return $"has no {key} in this watch";
        }
        var at = watch.Items.ToList().IndexOf(entry.Key);
        if (watch.Style == MarkStyle.FlowMap)
        {
            RemoveFromFlow(at > 0 ? watch.Items[at - 1] : null, entry.Key.Start, entry.Value.End);
            return null;
        }
        if (splice.Before(entry.Key.Start).All(c => c == ' '))
        {
            splice.RemoveLines(entry.Key.Start, EndOf(entry));
            return null;
        }
        // It stands beside the dash of its watch: the next key moves up to it.
        var next = watch.Items.ElementAtOrDefault(at + 2);
        if (next is null || splice.NextSign(EndOf(entry)) != next.Start || splice.Between(EndOf(entry), next.Start).Contains('#', StringComparison.Ordinal))
        {
            return TooOdd;
        }
        splice.Replace(entry.Key.Start, next.Start, "");
        return null;
    }

    /// <summary>With one comma, and the spaces between.</summary>
    private void RemoveFromFlow(YamlMark? before, int start, int end)
    {
        var comma = splice.NextSign(end);
        if (splice.Between(comma, comma + 1) == ",")
        {
            splice.Replace(start, end, "");
            var behind = comma + 1;
            splice.Replace(comma, splice.Between(behind, behind + 1) == " " ? behind + 1 : behind, "");
        }
        else if (before is not null)
        {
            var last = splice.NextSign(before.End);
            splice.Replace(last, last + 1, "");
            splice.Replace(splice.Between(last + 1, start).All(c => c == ' ') ? last + 1 : start, end, "");
        }
        else
        {
            splice.Replace(start, end, "");
        }
    }

    /// <summary>Somewhere on the last line that belongs to it.</summary>
    private int EndOf((YamlMark Key, YamlMark Value) entry) =>
        entry.Value.Style == MarkStyle.BlockScalar ? splice.EndOfBlock(entry.Value.Start, splice.Before(entry.Key.Start).Length) : Math.Max(entry.Key.End, entry.Value.End);

    private static bool IsDash(string before) => before.Trim(' ') == "-";
}
