using SQLitePCL;

namespace ListeningBot.Storage;

/// <summary>
/// When the write-ahead log is taken into the file. SQLite would do it by itself, and say nothing of a failure: it takes in what readers allow, counts that as done, and syncs the file only once all is in.
/// Where that sync fails, what was counted as done before is perhaps nowhere in the file (the system drops what it could not write, and the next sync succeeds), and SQLite would start the log anew over it.
/// So after such a failure the log is kept as it is, also when the file is closed: who opens the file next takes all of it in anew.
/// </summary>
internal sealed partial class SqliteDb
{
    private const int PagesWritten = 9;
    private const int KeepsLogAtClose = 1006;
    private long _nextTaking = 4000;
    private bool _keepsLog;

    /// <summary>After how many pages written the log is taken in.</summary>
    public int TakesLogAfter { get; set; } = 4000;

    public override string? Doubt => _keepsLog
        ? $"The disk failed while the log of the database {_path} was taken into it. Nothing is lost: what was stored is safe in the log ({_path}-wal), which only grows from now on. Check the disk, then restart the service, which takes the log in anew. Don't delete that file."
        : null;

    /// <summary>Takes in what readers allow. A failure is no loss: all is in the log.</summary>
    public void TakeLogIn()
    {
        if (_keepsLog)
        {
            return;
        }
        var code = raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var pages, out var taken);
        if (code == raw.SQLITE_IOERR_FSYNC)
        {
            KeepLog();
        }
        else if (code == raw.SQLITE_OK && pages == taken)
        {
            _nextTaking = Written() + TakesLogAfter;
        }
    }

    private void TakeLogInWhenLarge()
    {
        if (Written() >= _nextTaking)
        {
            TakeLogIn();
        }
    }

    private void KeepLog()
    {
        _keepsLog = true;
        raw.sqlite3_db_config(_handle, KeepsLogAtClose, 1, out _);
    }

    private long Written()
    {
        raw.sqlite3_db_status(_handle, PagesWritten, out var pages, out _, 0);
        return pages;
    }
}
