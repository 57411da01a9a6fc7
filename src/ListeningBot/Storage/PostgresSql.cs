using System.Globalization;
using System.Text;

namespace ListeningBot.Storage;

/// <summary>A statement in PostgreSQL's words.</summary>
/// <param name="HasRows">Whether it answers with rows.</param>
/// <param name="Changes">Whether it may change something.</param>
internal sealed record PostgresSql(string Text, bool HasRows, bool Changes)
{
    /// <summary>The database's clock at this moment, also within a transaction, in milliseconds since 1970: as times are stored.</summary>
    public const string Now = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    public static readonly PostgresSql Begin = new("BEGIN", HasRows: false, Changes: false);
    public static readonly PostgresSql BeginReading = new("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", HasRows: false, Changes: false);
    public static readonly PostgresSql Lock = new("SELECT pg_advisory_xact_lock($1)", HasRows: true, Changes: false);
    public static readonly PostgresSql Commit = new("COMMIT", HasRows: false, Changes: false);
    public static readonly PostgresSql Rollback = new("ROLLBACK", HasRows: false, Changes: false);
    public static readonly PostgresSql Mark = new("SAVEPOINT request", HasRows: false, Changes: false);
    public static readonly PostgresSql Keep = new("RELEASE request", HasRows: false, Changes: false);
    public static readonly PostgresSql UndoToMark = new("ROLLBACK TO request", HasRows: false, Changes: false);

    /// <summary>"?" and "?3" become "$1" and "$3", by SQLite's rule: a bare one is the next after the highest so far. What stands in quotes or in a comment stays.</summary>
    public static PostgresSql Of(string sql)
    {
        var text = new StringBuilder(sql.Length + 16);
        var highest = 0;
        for (var at = 0; at < sql.Length; at++)
        {
            if (sql[at] == '\'')
            {
                var end = sql.IndexOf('\'', at + 1);
                text.Append(sql, at, end + 1 - at);
                at = end;
            }
            else if (sql[at] == '?')
            {
                var digits = at + 1;
                while (digits < sql.Length && char.IsAsciiDigit(sql[digits]))
                {
                    digits++;
                }
                var number = digits == at + 1 ? highest + 1 : int.Parse(sql.AsSpan(at + 1, digits - at - 1), CultureInfo.InvariantCulture);
                highest = Math.Max(highest, number);
                text.Append(CultureInfo.InvariantCulture, $"${number}");
                at = digits - 1;
            }
            else
            {
                text.Append(sql[at]);
            }
        }
        var words = text.ToString();
        var onlyReads = words.StartsWith("SELECT", StringComparison.Ordinal) || words.StartsWith("WITH", StringComparison.Ordinal);
        return new PostgresSql(words, HasRows: onlyReads || words.Contains(" RETURNING ", StringComparison.Ordinal), Changes: !onlyReads);
    }
}
