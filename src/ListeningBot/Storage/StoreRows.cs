using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ListeningBot.Storage;

/// <summary>Rows of a table, one after another, in memory one at a time. A row is an array of long, double, UTF-8 text (byte[]) and null.</summary>
internal static class StoreRows
{
    /// <summary>Text as every engine can keep it.</summary>
    public static IEnumerable<object?[]> Of(Db db, StoreTable table)
    {
        using var rows = db.Ask(table.Select);
        while (rows.Read())
        {
            var row = new object?[table.Columns.Count];
            for (var column = 0; column < row.Length; column++)
            {
                row[column] = rows.IsNull(column) ? null : table.Columns[column].Kind switch
                {
                    ColumnKind.Number => rows.Long(column),
                    ColumnKind.Real => rows.Double(column),
                    _ => PostgresText.Storable(System.Text.Encoding.UTF8.GetBytes(rows.Text(column)).AsSpan()),
                };
            }
            yield return row;
        }
    }
}

/// <summary>How many rows there are and what is in them, whatever their order: equal sums of two tables mean equal rows.</summary>
internal sealed record RowSum(long Rows, ulong Sum)
{
    public static readonly RowSum None = new(0, 0);

    public static RowSum Of(IEnumerable<object?[]> rows) => rows.Aggregate(None, (sum, row) => sum.With(row));

    public RowSum With(object?[] row) => new(Rows + 1, unchecked(Sum + Print(row)));

    private static ulong Print(object?[] row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[9];
        foreach (var value in row)
        {
            number[0] = value switch { null => 0, long => 1, double => 2, _ => 3 };
            BinaryPrimitives.WriteInt64LittleEndian(number[1..], value switch { long whole => whole, double real => BitConverter.DoubleToInt64Bits(real), byte[] text => text.Length, _ => 0 });
            hash.AppendData(number);
            if (value is byte[] words)
            {
                hash.AppendData(words);
            }
        }
        Span<byte> print = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(print);
        return BinaryPrimitives.ReadUInt64LittleEndian(print);
    }
}
