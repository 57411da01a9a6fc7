namespace ListeningBot.Configuration;

/// <summary>A query to be tried without a file: of a new watch, or in the place of what a watch of the file finds. What is wrong with it is told as if it stood there.</summary>
/// <param name="Watch">Its name.</param>
/// <param name="Team">Null: that of the file, or the usual one.</param>
/// <param name="Alert">Likewise.</param>
internal sealed record TriedWatch(string Watch, string Query, string? Team, string? Alert)
{
    private static readonly string[] Replaced = ["find", "query", "everything"];

    public void PutInto(MapNode root)
    {
        var list = root.ValueOf("watches") as ListNode ?? new ListNode(root.Place);
        root.Set(new Entry("watches", list.Place, list));
        var at = list.Items.FindIndex(item => item is MapNode map && map.ValueOf("name") is ScalarNode name && name.Text.Trim() == Watch);
        var tried = new MapNode(at < 0 ? PlaceOf("query") : list.Items[at].Place, StringComparer.Ordinal);
        if (at < 0)
        {
            list.Items.Add(tried);
            Set(tried, "name", "watch", Watch);
        }
        else
        {
            foreach (var kept in ((MapNode)list.Items[at]).Entries.Where(entry => !Replaced.Contains(entry.Key, StringComparer.Ordinal)))
            {
                tried.Set(kept);
            }
            list.Items[at] = tried;
        }
        Set(tried, "query", "query", Query);
        Set(tried, "team", "team", Team);
        Set(tried, "alert", "alert", Alert);
    }

    /// <summary>Whether it lies in what was typed, and not in a file.</summary>
    public static bool IsOf(Problem problem) => problem.File.StartsWith("--", StringComparison.Ordinal);

    private static void Set(MapNode watch, string key, string option, string? text)
    {
        if (text is not null)
        {
            watch.Set(new Entry(key, PlaceOf(option), new ScalarNode(PlaceOf(option), ScalarKind.Text, text)));
        }
    }

    private static Place PlaceOf(string option) => new("--" + option, 1, 1);
}
