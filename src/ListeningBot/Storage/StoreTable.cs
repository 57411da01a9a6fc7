using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal enum ColumnKind
{
    Number,
    Real,
    Text,
}

/// <summary>A table as both engines have it, with the statements that read and write all of it.</summary>
internal sealed record StoreTable(string Name, IReadOnlyList<(string Name, ColumnKind Kind)> Columns, string Key)
{
    private string Names => string.Join(", ", Columns.Select(column => column.Name));

    // One text for each, as statements are kept by reference.
    public string Select { get; private init; } = "";
    public string Insert { get; private init; } = "";
    public string Count { get; private init; } = "";
    public string Copy { get; private init; } = "";

    /// <summary>Whether its ids are given by the engine.</summary>
    public bool GivesIds => Key == "id" && Columns[0] is ("id", ColumnKind.Number);

    /// <summary>All of them, each after those that it refers to. As SQLite knows its schema.</summary>
    public static IReadOnlyList<StoreTable> All(SqliteDb db)
    {
        var left = NamesIn(db).ToDictionary(name => name, name => ReferredBy(db, name), StringComparer.Ordinal);
        var ordered = new List<StoreTable>();
        while (left.Count > 0)
        {
            var next = left.First(table => table.Value.All(referred => referred == table.Key || !left.ContainsKey(referred))).Key;
            left.Remove(next);
            ordered.Add(Of(db, next));
        }
        return ordered;
    }

    private static StoreTable Of(SqliteDb db, string name)
    {
        using var rows = db.Ask("SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid").With(name);
        var columns = new List<(string, ColumnKind)>();
        var key = new SortedDictionary<long, string>();
        while (rows.Read())
        {
            columns.Add((rows.Text(0), rows.Text(1) switch { "INTEGER" => ColumnKind.Number, "REAL" => ColumnKind.Real, _ => ColumnKind.Text }));
            if (rows.Long(2) > 0)
            {
                key[rows.Long(2)] = rows.Text(0);
            }
        }
        if (columns.Select(column => column.Item1).Append(name).FirstOrDefault(word => !IsPlain(word)) is { } strange)
        {
            throw new StoreException($"{db.Path} has something called \"{strange}\", which no ListeningBot has made. Nothing is copied from it.");
        }
        var table = new StoreTable(name, columns, string.Join(", ", key.Values));
        return table with
        {
            Select = $"SELECT {table.Names} FROM {name} ORDER BY {table.Key}",
            Insert = $"INSERT INTO {name} ({table.Names}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})",
            Count = $"SELECT count(*) FROM {name}",
            Copy = $"COPY {name} ({table.Names}) FROM STDIN (FORMAT BINARY)",
        };
    }

    /// <summary>These names come from a file and are written into SQL.</summary>
    private static bool IsPlain(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    private static List<string> NamesIn(SqliteDb db) => Texts(db.Ask("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"));

    private static List<string> ReferredBy(SqliteDb db, string name) => Texts(db.Ask("SELECT \"table\" FROM pragma_foreign_key_list(?)").With(name));

    private static List<string> Texts(Statement rows)
    {
        var texts = new List<string>();
        using (rows)
        {
            while (rows.Read())
            {
                texts.Add(rows.Text(0));
            }
        }
        return texts;
    }
}
