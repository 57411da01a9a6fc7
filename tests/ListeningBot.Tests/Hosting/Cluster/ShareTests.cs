using ListeningBot.Hosting.Cluster;

namespace ListeningBot.Tests.Hosting.Cluster;

public class ShareTests
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(6);

    [Fact]
    public void A_node_that_is_alone_takes_all() =>
        Assert.Equal(["a", "b", "c"], Share.Decide("n1", [Node("n1", "a", "b", "c")], []).Take);

    [Fact]
    public void Nothing_is_taken_from_a_node_whose_lease_holds_though_it_was_not_seen_lately()
    {
        var share = Share.Decide("n1", [Node("n1", "a", "b")], [Held("a", "n2"), Held("b", "n2") with { Left = TimeSpan.Zero }]);
        Assert.Equal(["b"], share.Take);
    }

    [Fact]
    public void What_is_balanced_within_one_stays()
    {
        ClusterNode[] nodes = [Node("n1", "a", "b", "c"), Node("n2", "a", "b", "c")];
        Assert.Empty(Share.Decide("n1", nodes, [Held("a", "n1"), Held("b", "n1"), Held("c", "n2")]).Give);
    }

    [Fact]
    public void A_role_goes_only_to_a_node_that_can_run_it()
    {
        ClusterNode[] nodes = [Node("n1", "a", "b", "c"), Node("n2", "c"), Node("n3")];
        var share = Share.Decide("n1", nodes, [Held("a", "n1"), Held("b", "n1"), Held("c", "n1")]);
        Assert.Equal(["c"], share.Give);
    }

    [Fact]
    public void Surplus_that_is_seen_once_is_kept()
    {
        var surplus = new Surplus();
        Assert.Empty(surplus.Of(["a"]));
        Assert.Empty(surplus.Of([]));
        Assert.Empty(surplus.Of(["a"]));
        Assert.Empty(surplus.Of(["a", "b"]));
        Assert.Equal(["a"], surplus.Of(["a", "b"]));
    }

    /// <summary>Nodes come, stop in order, die, hang and come back in any order; after each calm time all roles are held once, by who lives, evenly, and nothing moves any more.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Whatever_happens_to_the_nodes_every_role_ends_up_held_once_and_evenly(int seed)
    {
        var town = new SimulatedTown(seed, Lasts);
        for (var round = 0; round < 60; round++)
        {
            town.Disturb();
            town.Run(TimeSpan.FromSeconds(40));
            town.AssertSettled();
            var moved = town.Moves;
            town.Run(TimeSpan.FromSeconds(30));
            Assert.True(moved == town.Moves, $"roles moved though nothing happened (seed {seed}, round {round})");
        }
    }

    private static ClusterNode Node(string start, params string[] roles) => new(start, start, "1", roles.ToHashSet());

    private static LeaseRow Held(string role, string by) => new(role, by, by, 1, Lasts);
}
