using System.Globalization;
using Npgsql;

namespace ListeningBot.Storage;

internal sealed partial class PostgresDb
{
    /// <summary>Writes the table anew, without rows that are dead, and looks anew at what is in it.</summary>
    /// <returns>How many dead rows it had to keep. The server tells that only in words, whose first number it is in every language.</returns>
    public long VacuumFull(string table)
    {
        var kept = 0L;
        void Hear(object sender, NpgsqlNoticeEventArgs said) => kept += said.Notice.Detail is { } detail ? FirstNumber(detail) : 0;
        var connection = Connection();
        connection.Notice += Hear;
        try
        {
            Execute($"VACUUM (FULL, ANALYZE, VERBOSE) {table}");
        }
        finally
        {
            connection.Notice -= Hear;
        }
        return kept;
    }

    /// <summary>What can't be understood counts as a row: better said once too often than kept unsaid.</summary>
    private static long FirstNumber(string words)
    {
        var digits = words.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit).ToArray();
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
    }
}
