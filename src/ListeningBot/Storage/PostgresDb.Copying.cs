using ListeningBot.Core.Pipeline;
using NpgsqlTypes;

namespace ListeningBot.Storage;

internal sealed partial class PostgresDb
{
    /// <summary>Puts rows into a table by COPY, within the open transaction.</summary>
    public void Import(StoreTable table, IEnumerable<object?[]> rows)
    {
        Flush();
        try
        {
            (_sent, _answered, _changing) = (true, true, true);
            using var importer = Connection().BeginBinaryImport(table.Copy);
            foreach (var row in rows)
            {
                importer.StartRow();
                foreach (var value in row)
                {
                    switch (value)
                    {
                        case long number:
                            importer.Write(number, NpgsqlDbType.Bigint);
                            break;
                        case double real:
                            importer.Write(real, NpgsqlDbType.Double);
                            break;
                        case byte[] text:
                            importer.Write(text, NpgsqlDbType.Text);
                            break;
                        default:
                            importer.WriteNull();
                            break;
                    }
                }
            }
            importer.Complete();
        }
        catch (Exception e) when (e is not (StoreException or OperationCanceledException) && IsFault(e))
        {
            throw Fault(e);
        }
    }
}
