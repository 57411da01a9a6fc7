using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ListeningBot.Storage;

/// <summary>A prepared statement, kept and used again. Values are bound in order; disposing ends the reading, not the statement.</summary>
internal abstract class Statement(Db db) : IDisposable
{
    public abstract Statement With(long value);

    public abstract Statement With(double value);

    public abstract Statement With(string? value);

    /// <summary>Text as UTF-8.</summary>
    public abstract Statement With(ReadOnlySpan<byte> text);

    public Statement With(bool value) => With(value ? 1L : 0L);

    public Statement With(DateTimeOffset value) => With(value.ToUnixTimeMilliseconds());

    public Statement With(DateTimeOffset? value) => value is { } time ? With(time) : WithNull();

    public Statement With(long? value) => value is { } number ? With(number) : WithNull();

    public Statement WithJson<T>(T value, JsonTypeInfo<T> type) => With(db.Json.Write(value, type));

    /// <summary>
    /// Runs to its end. Towards a server it may wait for company, to be sent together with what follows: then its failure shows at the next reading, or when the request ends.
    /// </summary>
    public abstract void Run();

    /// <summary>The same, and when no row was changed, the request fails with this.</summary>
    public abstract void RunOr(Func<Exception> noneChanged);

    /// <summary>Runs to its end at once; how many rows were changed.</summary>
    public abstract int Changed();

    /// <summary>The next row; false after the last.</summary>
    public abstract bool Read();

    /// <summary>Runs what ends in RETURNING id; the id.</summary>
    public long NewId()
    {
        using (this)
        {
            return Read() ? Long(0) : throw new InvalidOperationException("Nothing was added.");
        }
    }

    /// <summary>Reads to the end; the first column of all rows.</summary>
    public List<long> Numbers()
    {
        using (this)
        {
            var numbers = new List<long>();
            while (Read())
            {
                numbers.Add(Long(0));
            }
            return numbers;
        }
    }

    public abstract bool IsNull(int column);

    public abstract long Long(int column);

    public abstract double Double(int column);

    public abstract int Int(int column);

    public abstract string Text(int column);

    public abstract T Json<T>(int column, JsonTypeInfo<T> type);

    /// <summary>Null, and noted, when what is stored there can't be read: one bad row holds up nobody.</summary>
    /// <param name="table">What it is, for people: "case".</param>
    public T? TryJson<T>(int column, JsonTypeInfo<T> type, string table, long id) where T : class
    {
        try
        {
            if (Json(column, type) is { } value)
            {
                return value;
            }
            db.Unreadable?.Note(table, id, "nothing is stored where its JSON should be");
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            var place = e is JsonException { BytePositionInLine: { } at } ? $" at byte {at}" : "";
            db.Unreadable?.Note(table, id, $"its stored JSON can't be read{place} ({e.GetType().Name})");
        }
        return null;
    }

    /// <summary>The same for what nobody can mend and nobody misses: something else stands in its place.</summary>
    public T JsonOr<T>(int column, JsonTypeInfo<T> type, T otherwise) where T : class
    {
        try
        {
            return Json(column, type) ?? otherwise;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return otherwise;
        }
    }

    /// <summary>Broken off, of a kind that this program does not know, or with a time that no calendar has.</summary>
    private static bool IsUnreadable(Exception e) => e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException;

    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Long(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public abstract void Dispose();

    protected abstract Statement WithNull();
}
