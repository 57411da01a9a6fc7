namespace ListeningBot.Storage;

/// <summary>One kind of what is kept: how many rows, and since when the oldest.</summary>
internal sealed record StoreContents(string What, long Rows, DateTimeOffset? Since)
{
    public static IReadOnlyList<StoreContents> Of(Db db) =>
    [
        Of(db, "cases", "SELECT count(*), min(first_seen) FROM cases"),
        Of(db, "cases, open", "SELECT count(*), min(first_seen) FROM cases WHERE state IN (0, 1, 3, 4, 5)"),
        Of(db, "what happened to them", "SELECT count(*), min(at) FROM case_events"),
        Of(db, "mentions", "SELECT count(*), min(first_seen) FROM mentions"),
        Of(db, "maybe tray, undecided", "SELECT count(*), min(added_at) FROM tray WHERE verdict IS NULL"),
        Of(db, "customers", "SELECT count(*), NULL FROM customers"),
        Of(db, "cards", "SELECT count(*), min(wanted_since) FROM cards"),
        Of(db, "pings", "SELECT count(*), min(wanted_at) FROM pings"),
        Of(db, "presses and commands", "SELECT count(*), min(at) FROM presses"),
        Of(db, "verdicts", "SELECT count(*), min(at) FROM verdicts"),
        Of(db, "dead letters", "SELECT count(*), min(at) FROM dead_letters"),
        Of(db, "sample of what matched nothing", "SELECT count(*), min(seen_at) FROM unmatched"),
        Of(db, "gaps", "SELECT count(*), min(added_at) FROM gaps"),
        Of(db, "notices", "SELECT count(*), min(at) FROM notices"),
        Of(db, "digests", "SELECT count(*), min(to_at) FROM digests"),
        Of(db, "configurations", "SELECT count(*), min(applied_at) FROM config_versions"),
    ];

    private static StoreContents Of(Db db, string what, string sql)
    {
        using var row = db.Ask(sql);
        row.Read();
        return new StoreContents(what, row.Long(0), row.IsNull(1) ? null : row.Time(1));
    }
}
