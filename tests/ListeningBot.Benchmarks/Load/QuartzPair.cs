using System.Collections.Concurrent;
using Npgsql;

namespace ListeningBot.Benchmarks.Load;

/// <summary>The bare house: a job that asks for recovery in Quartz's tables, check-ins at Quartz's default pace.</summary>
internal sealed class QuartzPair(string bareHouse, string folder, string database) : Pair
{
    private readonly ConcurrentDictionary<string, bool> _held = new();

    public override string Name => "Quartz's clustering";

    protected override Member Start(int number)
    {
        var own = Path.Combine(folder, $"m{number}");
        Setup.OfBareHouse(own, Feed, Every);
        return new Member(Programs.Start(bareHouse, own, number == 0 ? [own, database, "begin"] : [own, database], said: Hear), own);

        void Hear(string line)
        {
            if (line == "held")
            {
                _held[own] = true;
            }
        }
    }

    /// <summary>Ready is who has checked in; the job itself says who has it.</summary>
    protected override async Task<Member?> FindHolderAsync(IReadOnlyList<Member> running)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM qrtz_scheduler_state", connection);
        return (long)(await command.ExecuteScalarAsync())! == running.Count ? running.FirstOrDefault(member => _held.ContainsKey(member.Folder)) : null;
    }
}
