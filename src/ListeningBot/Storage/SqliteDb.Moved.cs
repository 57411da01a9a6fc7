using System.Runtime.InteropServices;
using SQLitePCL;

namespace ListeningBot.Storage;

/// <summary>
/// Whether the open file is still the one of its name. Who moves or deletes it under a running bot leaves SQLite a file without a name: it takes every change, answers that it is on the disk, and at the next start all of it is gone.
/// So each transaction asks first, which is one look at the name.
/// </summary>
internal sealed partial class SqliteDb
{
    /// <summary>SQLITE_FCNTL_HAS_MOVED. Windows knows no such question, and lets nobody move a file that is open.</summary>
    private const int HasMoved = 20;

    /// <summary>False where a file system says of a file that was opened just now that it is another one: what it says means nothing there.</summary>
    private readonly bool _knowsItsPlace;

    private void ExpectInPlace()
    {
        if (_knowsItsPlace && IsMoved())
        {
            throw StoreFaults.IsOutOfSight(_path) ? StoreFaults.OutOfSight(_path) : StoreFaults.MovedAway(_path);
        }
    }

    private bool IsMoved()
    {
        var moved = 0;
        return AskFile(_handle.DangerousGetHandle(), 0, HasMoved, ref moved) == raw.SQLITE_OK && moved != 0;
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int AskFile(nint db, nint name, int what, ref int value);
}
