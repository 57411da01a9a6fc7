using System.Text.RegularExpressions;
using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;

namespace ListeningBot.Tests.Storage;

/// <summary>What is said to the database, and how it will look for it.</summary>
public sealed partial class QueryPlanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plans").FullName;
    private readonly SqliteDb _db;
    private readonly WholeContract _contract;

    public QueryPlanTests()
    {
        var path = Path.Combine(_folder, "bot.db");
        File.Create(path).Dispose();
        _db = SqliteDb.OpenWriter(path, 1000);
        Migrations.Apply(_db, path, Migrations.All);
        _contract = new WholeContract(_db);
    }

    public void Dispose()
    {
        _db.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void No_statement_walks_through_a_whole_table()
    {
        _contract.SayEverything();

        var walks = (from sql in _db.Prepared.ToList()
                     where SearchingStatement().IsMatch(sql)
                     from step in PlanOf(sql)
                     where step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.Contains("INDEX") && !step.Contains("CONSTANT ROW") && !IsSmall(step)
                     select $"{step}: {sql}").ToList();

        Assert.Empty(walks);
    }

    [Fact]
    public void No_statement_is_compiled_anew_for_what_it_is_given()
    {
        _contract.SayEverything();
        Assert.True(_db.Prepared.Count > 100);
        Assert.DoesNotContain(_db.CompiledAnew, sql => sql.Contains('?'));
    }

    [Theory]
    [InlineData("FROM mentions WHERE case_id = ?", "mentions_of_case (case_id=?)")]
    [InlineData("FROM mentions WHERE ns = ? AND author_id", "mentions_of_author (ns=? AND author_id=?)")]
    [InlineData("SELECT DISTINCT coalesce(author_id, '') FROM mentions", "(ns=? AND post_id>? AND post_id<?)")]
    [InlineData("FROM cases WHERE priority", "cases_due (priority=? AND due<?)")]
    [InlineData("FROM lookups WHERE try_at", "lookups_due (try_at<?)")]
    [InlineData("SELECT l.contacts", "mentions_of_case (case_id=?)")]
    [InlineData("first_shown_at IS NULL ORDER BY priority", "cards_waiting (room=?)")]
    [InlineData("first_shown_at IS NOT NULL ORDER BY priority", "cards_waiting (room=? AND priority>?)")]
    [InlineData("UPDATE cards SET look_first = 1 WHERE shown", "cards_waiting")]
    [InlineData("UPDATE cards SET look_first = 1 WHERE room", "cards_waiting (room=?)")]
    [InlineData("UPDATE cards SET try_at = 0 WHERE shown", "cards_waiting")]
    [InlineData("UPDATE pings SET try_at = 0 WHERE state", "pings_to_do")]
    [InlineData("min(try_at) FROM cards", "cards_waiting (room=?)")]
    [InlineData("SELECT p.id, p.subject", "pings_to_do (room=? AND try_at<?)")]
    [InlineData("SELECT DISTINCT p.room", "pings_to_do")]
    [InlineData("min(try_at) FROM pings", "pings_to_do (room=? AND try_at>?)")]
    [InlineData("SELECT mention FROM tray WHERE team", "tray_unlisted (team=?)")]
    [InlineData("DELETE FROM case_keys WHERE case_id", "keys_of_case (case_id=?)")]
    [InlineData("SELECT cases.posted", "cards_shown")]
    [InlineData("UPDATE presses SET answer = ? WHERE target", "presses_of_target (target=?)")]
    [InlineData("FROM cases WHERE team = ? AND state IN (0, 1", "cases_live (team=?)")]
    [InlineData("SELECT body, id FROM cases WHERE owner", "cases_of_owner (owner=?)")]
    [InlineData("FROM cases WHERE aspect", "cases_ended (aspect=?)")]
    [InlineData("FROM mentions WHERE id IN (SELECT value", "SEARCH mentions USING INTEGER PRIMARY KEY (rowid=?)")]
    [InlineData("SELECT body, id FROM cases WHERE team = ? AND first_seen", "cases_seen (team=? AND first_seen>? AND first_seen<?)")]
    [InlineData("SELECT 1 FROM cases WHERE team", "cases_seen (team=? AND first_seen>? AND first_seen<?)")]
    [InlineData("FROM cases WHERE in_group = ? AND in_group IS NOT NULL AND state IN (0, 3, 4) AND owner IS NULL ORDER", "cases_of_group (in_group=?)")]
    [InlineData("FROM cases WHERE in_group = ? AND in_group IS NOT NULL AND state IN (0, 3, 4) AND owner IS NULL AND state <> 4 ORDER", "cases_of_group (in_group=?)")]
    [InlineData("SELECT count(*) FROM cases WHERE in_group", "cases_of_group (in_group=?)")]
    [InlineData("FROM case_groups WHERE team", "groups_of_team (team=? AND aspect=?)")]
    [InlineData("FROM cases WHERE team = ? AND changed", "cases_changed (team=? AND changed>?)")]
    [InlineData("WHERE address = ?", "mentions_at (address=?)")]
    [InlineData("SELECT body, id FROM cases WHERE team = ? AND state IN (0, 3, 4)", "cases_free (team=?)")]
    [InlineData("count(DISTINCT mention) FROM tray WHERE silence", "tray_of_silence (silence=?)")]
    [InlineData("WHERE until_at > ? ORDER", "silences_until (until_at>?)")]
    [InlineData("FROM canary_runs WHERE judged", "canary_runs_open (judged=?)")]
    [InlineData("DELETE FROM canaries", "canaries_of_run (run<?)")]
    [InlineData("files FROM config_versions WHERE hash", "config_versions_by_hash (hash=?)")]
    [InlineData("FROM held_changes WHERE hash", "held_changes_by_hash (hash=?)")]
    [InlineData("FROM links WHERE member", "links_of_member (member=?)")]
    [InlineData("FROM gaps WHERE channel = ? AND to_at", "gaps_of_channel (channel=? AND to_at>?)")]
    [InlineData("FROM gaps WHERE to_at", "gaps_ended (to_at>?)")]
    [InlineData("FROM gaps WHERE channel = ? AND fate", "gaps_unsettled (channel=?)")]
    [InlineData("FROM gaps WHERE fate", "gaps_unsettled")]
    [InlineData("SELECT t.channel, t.posted", "times_fetched (fetched>?)")]
    [InlineData("SELECT c.id FROM mention_times", "times_posted (channel=? AND posted>? AND posted<?)")]
    [InlineData("at FROM verdicts WHERE mention", "verdicts_of_mention (mention=?)")]
    [InlineData("FROM unmatched WHERE seen_at < ? LIMIT 1", "unmatched_by_time (seen_at<?)")]
    [InlineData("DELETE FROM unmatched WHERE id IN", "unmatched_by_time (seen_at<?)")]
    [InlineData("FROM unmatched WHERE channel", "unmatched_of_channel (channel=?)")]
    [InlineData("GROUP BY channel", "unmatched_of_channel")]
    [InlineData("DELETE FROM unmatched WHERE ns = ? AND author_id", "unmatched_of_author (ns=? AND author_id=?)")]
    [InlineData("DELETE FROM unmatched WHERE ns = ? AND post_id", "(ns=? AND post_id=?)")]
    [InlineData("UPDATE unmatched SET author_id", "(ns=? AND post_id=?)")]
    [InlineData("DELETE FROM dead_letters WHERE ref = ?", "dead_letters_ref (ref=?)")]
    [InlineData("SELECT item, id FROM dead_letters", "dead_letters_ref (ref=?)")]
    [InlineData("DELETE FROM dead_letters WHERE author", "dead_letters_author (author=?)")]
    [InlineData("DELETE FROM dead_letters WHERE ref IN (SELECT 'card '", "dead_letters_ref (ref=?)")]
    [InlineData("DELETE FROM dead_letters WHERE ref IN (SELECT 'ping ' || id FROM pings WHERE subject = ?)", "dead_letters_ref (ref=?)")]
    [InlineData("DELETE FROM dead_letters WHERE ref IN (SELECT 'ping ' || id FROM pings WHERE subject = ? AND state = -1", "dead_letters_ref (ref=?)")]
    [InlineData("DELETE FROM dead_letters WHERE kind = 'Item'", "dead_letters_of_place (place=? AND id<?)")]
    [InlineData("FROM dead_letters WHERE told = 0 ORDER", "dead_letters_untold")]
    [InlineData("FROM dead_letters WHERE retry = 1", "dead_letters_retry")]
    [InlineData("SELECT kind, place, count(*)", "dead_letters_counted")]
    [InlineData("SELECT 1 FROM dead_letters WHERE at", "dead_letters_at (at<?)")]
    [InlineData("FROM cards WHERE message =", "cards_of_message (message=?)")]
    [InlineData("FROM cards WHERE message >=", "cards_of_message (message>? AND message<?)")]
    [InlineData("WHERE state = 2 AND changed", "cases_closed (state=? AND changed<?)")]
    [InlineData("SELECT m.ns, m.post_id FROM cases", "COVERING INDEX cases_closed (state=? AND changed>?)")]
    [InlineData("SELECT m.ns, m.post_id FROM cases", "mentions_of_case (case_id=?)")]
    [InlineData("WHERE case_id IS NULL AND first_seen", "mentions_loose (first_seen<?)")]
    [InlineData("DELETE FROM presses", "presses_by_time (at<?)")]
    [InlineData("DELETE FROM notes_heard", "notes_by_time (at<?)")]
    [InlineData("FROM notices WHERE at", "notices_by_time (at<?)")]
    [InlineData("FROM digests WHERE to_at", "digests_by_time (to_at<?)")]
    [InlineData("FROM tray_pages WHERE day", "pages_by_day (day<?)")]
    [InlineData("FROM tray_pages WHERE day", "tray_of_page (page=?)")]
    [InlineData("FROM case_groups WHERE last_at", "groups_by_time (last_at<?)")]
    [InlineData("FROM case_groups WHERE last_at", "cases_of_group (in_group=?)")]
    [InlineData("DELETE FROM silences", "silences_until (until_at<?)")]
    [InlineData("DELETE FROM case_events WHERE case_id = ? AND version", "PRIMARY KEY (case_id=? AND version=?)")]
    [InlineData("SELECT c.id, c.body, (SELECT event", "PRIMARY KEY (case_id=? AND version=?)")]
    [InlineData("SELECT body, coalesce(author_id, '')", "INTEGER PRIMARY KEY (rowid>?)")]
    [InlineData("SELECT body, '', id FROM cases", "INTEGER PRIMARY KEY (rowid>?)")]
    [InlineData("SELECT event, '', case_id", "PRIMARY KEY ((case_id,version)>(?,?))")]
    [InlineData("SELECT body, '', id FROM customers", "INTEGER PRIMARY KEY (rowid>?)")]
    [InlineData("UPDATE silences SET until_at = CASE", "INTEGER PRIMARY KEY (rowid=?)")]
    [InlineData("DELETE FROM gaps WHERE id IN", "gaps_ended (to_at<?)")]
    [InlineData("DELETE FROM mention_times WHERE mention IN", "times_fetched (fetched<?)")]
    [InlineData("DELETE FROM cards WHERE (subject, room) IN", "PRIMARY KEY (subject>? AND subject<?)")]
    [InlineData("DELETE FROM documents WHERE name IN", "PRIMARY KEY (name>? AND name<?)")]
    public void A_statement_uses_the_index_made_for_it(string statement, string index)
    {
        _contract.SayEverything();

        var sql = Assert.Single(_db.Prepared, sql => sql.ReplaceLineEndings("\n").Contains(statement));
        Assert.Contains(PlanOf(sql), step => step.Contains(index, StringComparison.Ordinal));
        if (!sql.Contains("p.id LIMIT", StringComparison.Ordinal))
        {
            Assert.DoesNotContain(PlanOf(sql), step => step.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_statement_is_prepared_once()
    {
        _contract.SayEverything();
        var prepared = _db.Prepared.Count;
        _contract.SayEverything();

        Assert.Equal(prepared, _db.Prepared.Count);
        Assert.Equal(prepared, _db.Prepared.Distinct().Count());
    }

    /// <summary>A row for each machine, walked through once in a store's life.</summary>
    private static bool IsSmall(string step) => step == "SCAN config_nodes";

    private List<string> PlanOf(string sql)
    {
        var steps = new List<string>();
        using var plan = _db.Ask(string.Intern("EXPLAIN QUERY PLAN " + sql));
        while (plan.Read())
        {
            steps.Add(plan.Text(3));
        }
        return steps;
    }

    // An insert that returns its id plans to look for children of the new row, and skips that where no rule is broken yet (opcode FkIfZero).
    [GeneratedRegex(@"^\s*(SELECT|UPDATE|DELETE|INSERT(?!.*VALUES.*RETURNING id$))\b(?!.*sqlite_schema)")]
    private static partial Regex SearchingStatement();

    [Fact]
    public void The_plans_of_the_whole_contract_are_looked_at()
    {
        _contract.SayEverything();

        Assert.Equal(typeof(IStoreView).GetMethods().Concat(typeof(IStoreTx).GetMethods()).Select(method => method.ToString()!).Order(), _contract.Said.Order());
    }
}
