using ListeningBot.Storage;
using Npgsql;

namespace ListeningBot.Benchmarks.Load;

/// <summary>The program: roles are leases, and each process that is started is another machine.</summary>
internal sealed class OurPair(string program, string folder, string database) : Pair
{
    public override string Name => "ours";

    protected override Member Start(int number)
    {
        var own = Path.Combine(folder, $"m{number}");
        Setup.OfOurs(own, Feed, Every);
        return new Member(Programs.Start(program, own, ["run", "--config", own], ("LISTENINGBOT__Storage__Connection", database)), own);
    }

    /// <summary>Ready is who holds any role: roles are shared evenly.</summary>
    protected override async Task<Member?> FindHolderAsync(IReadOnlyList<Member> running)
    {
        var held = await LeasesAsync();
        return running.All(member => held.Any(lease => IsOf(lease.Node, member))) ? running.FirstOrDefault(member => held.Any(lease => lease.Role == "channel feed" && IsOf(lease.Node, member))) : null;
    }

    private static bool IsOf(string node, Member member) => node.EndsWith(":" + member.Folder, StringComparison.Ordinal);

    private async Task<IReadOnlyList<(string Role, string Node)>> LeasesAsync()
    {
        var leases = new List<(string, string)>();
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT role, node FROM leases WHERE holder IS NOT NULL AND until > {PostgresSql.Now}", connection);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            leases.Add((rows.GetString(0), rows.GetString(1)));
        }
        return leases;
    }
}
