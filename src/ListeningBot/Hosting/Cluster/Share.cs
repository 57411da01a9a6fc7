namespace ListeningBot.Hosting.Cluster;

/// <summary>One start of the program on one machine, while it is alive.</summary>
/// <param name="Start">Made up anew at each start.</param>
/// <param name="Roles">What it can run; nothing while it stops.</param>
internal sealed record ClusterNode(string Start, string Name, string Release, IReadOnlySet<string> Roles);

/// <summary>A role as the database has it.</summary>
/// <param name="Holder">The start of the node that has it; null: nobody.</param>
/// <param name="Node">Its name.</param>
/// <param name="Left">How long the lease still holds; nothing or less: anybody may take it.</param>
internal sealed record LeaseRow(string Role, string? Holder, string? Node, long Epoch, TimeSpan Left)
{
    public bool IsFree => Holder is null || Left <= TimeSpan.Zero;
}

/// <summary>What a node should do now, so that every role is held once and all nodes have as many as each other, give or take one.</summary>
/// <param name="Take">Free roles that are this node's to take.</param>
/// <param name="Give">Roles of this node that another one should have.</param>
internal sealed record Share(IReadOnlyList<string> Take, IReadOnlyList<string> Give)
{
    /// <summary>
    /// Every node reckons the same from what the database says: free roles go to whoever has the fewest, and a role moves only from a node that has at least two more than another. So what
    /// is balanced stays as it is.
    /// </summary>
    /// <param name="live">All nodes that were seen lately, this one among them.</param>
    public static Share Decide(string me, IReadOnlyList<ClusterNode> live, IReadOnlyList<LeaseRow> leases)
    {
        var nodes = live.OrderBy(node => node.Start, StringComparer.Ordinal).ToList();
        var held = nodes.ToDictionary(node => node.Start, _ => new SortedSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var lease in leases.Where(lease => !lease.IsFree))
        {
            taken.Add(lease.Role);
            if (nodes.Find(node => node.Start == lease.Holder) is { } holder && holder.Roles.Contains(lease.Role))
            {
                held[holder.Start].Add(lease.Role);
            }
        }
        var mine = new HashSet<string>(held.GetValueOrDefault(me) ?? [], StringComparer.Ordinal);
        var take = new List<string>();
        foreach (var role in nodes.SelectMany(node => node.Roles).Where(role => !taken.Contains(role)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var least = nodes.Where(node => node.Roles.Contains(role)).MinBy(node => held[node.Start].Count)!;
            held[least.Start].Add(role);
            if (least.Start == me)
            {
                take.Add(role);
            }
        }
        while (Move(nodes, held) is var (role, from, to))
        {
            held[from].Remove(role);
            held[to].Add(role);
        }
        return new Share([.. take.Where(held.GetValueOrDefault(me, []).Contains)], [.. mine.Where(role => !held[me].Contains(role)).Order(StringComparer.Ordinal)]);
    }

    /// <summary>The next role that would go from who has most to who has fewest and can run it; null when that would even out nothing.</summary>
    private static (string Role, string From, string To)? Move(List<ClusterNode> nodes, Dictionary<string, SortedSet<string>> held)
    {
        foreach (var from in nodes.OrderByDescending(node => held[node.Start].Count))
        {
            foreach (var to in nodes.Where(to => held[to.Start].Count + 2 <= held[from.Start].Count).OrderBy(to => held[to.Start].Count))
            {
                if (held[from.Start].Reverse().FirstOrDefault(to.Roles.Contains) is { } role)
                {
                    return (role, from.Start, to.Start);
                }
            }
        }
        return null;
    }
}
