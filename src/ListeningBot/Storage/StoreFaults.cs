using ListeningBot.Core.Pipeline;
using SQLitePCL;

namespace ListeningBot.Storage;

/// <summary>What went wrong with the database file, in an operator's words: what, where, cure.</summary>
internal static class StoreFaults
{
    public const int PrimaryCode = 0xFF;
    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;
    private const int LockedOnWindows = unchecked((int)0x80070020);
    private const int NoSpace = 28;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <param name="code">SQLite's result code, extended or not.</param>
    /// <param name="detail">SQLite's own message: names of tables and columns, never values.</param>
    public static Exception From(int code, string detail, string path) => (code & PrimaryCode) switch
    {
        raw.SQLITE_CONSTRAINT => new InvalidOperationException($"The store refused a change that would break its rules: {detail}."),

        // What was asked, not the file, is at fault: it fails however often it is tried.
        raw.SQLITE_ERROR or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE => new InvalidOperationException($"The store can't do what was asked: {detail} (code {code})."),
        raw.SQLITE_FULL => Full(path),
        raw.SQLITE_IOERR => new StoreException($"The disk failed under the database {path} ({detail}, code {code}). Check the disk, its free space and its mount; {StoreException.ByItself} once it answers."),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => ReadOnly(path),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StoreException($"The database {path} is locked by another program (a database tool or a backup, perhaps). Close that program; {StoreException.ByItself}."),
        raw.SQLITE_NOTADB => new StoreException($"The file {path} is not a database. Move it away, or let Storage:Path name another file."),

        // SQLite calls a page that the disk could not give damaged, too.
        raw.SQLITE_CORRUPT => new StoreException($"The database {path} is damaged, or its disk can't be read ({detail}). Look at the disk first (the system's log names it): once it answers, the work goes on by itself. Where the disk is well, stop the service, keep a copy of the file with its -wal file, and put back the last backup, or rescue what can be read with: sqlite3 FILE .recover"),
        raw.SQLITE_CANTOPEN => new StoreException($"The database {path} can't be opened ({detail}). Check that the folder is there and that this user may read and write it."),
        raw.SQLITE_NOMEM => new StoreException($"There was not enough memory to work on the database {path}. Give the service more memory; {StoreException.ByItself}."),
        _ => new StoreException($"The database {path} refused: {detail} (code {code})."),
    };

    /// <summary>A file in the database's folder could not be made or locked. The codes are those of Linux, macOS and Windows.</summary>
    public static StoreException FromFile(Exception cause, string path, string folder) => cause.HResult switch
    {
        LockedOnLinux or LockedOnMac or LockedOnWindows => InUse(path, cause),
        NoSpace or NoSpaceOnWindows => Full(path),
        _ => FolderIsReadOnly(folder, cause),
    };

    public static StoreException Full(string path) =>
        new($"Nothing more can be written to the database {path}: its disk is full. Free some space there; {StoreException.ByItself}.");

    public static StoreException ReadOnly(string path) =>
        new($"The database {path} is read-only. Let this user write the file and its folder, or let Storage:Path name another place.");

    public static StoreException FolderIsReadOnly(string folder, Exception cause) =>
        new($"Nothing can be written in the folder {folder}: it is read-only, or not this user's. Let this user write there, or let Storage:Path name another place.", cause);

    public static StoreException FolderIsAFile(string folder, Exception cause) =>
        new($"The database's folder {folder} can't be made: there is a file of that name on the way. Move it away, or let Storage:Path name another place.", cause);

    public static StoreException FileIsAFolder(string path) =>
        new($"The database {path} can't be opened: it is a folder. Let Storage:Path name a file.");

    public static StoreException InUse(string path, Exception cause) =>
        new($"The database {path} is in use by another running ListeningBot. Stop that one, or let Storage:Path name another file.", cause);

    public static StoreException NotOurs(string path) =>
        new($"The file {path} is the database of another program. Let Storage:Path name another file.");

    public static StoreException NoWal(string path, string mode) =>
        new($"The database {path} can't keep a write-ahead log there (its journal stays \"{mode}\"). Put it on a local disk.");

    public static StoreException Older(string path, long stored, int known) =>
        new($"The database {path} has version {stored}, and this program works with version {known}. Start this program's `run` once, it brings the database up to date; or use the program that is running.");

    public static StoreException NotBroughtUp(string path, int version, Exception cause) =>
        new($"The database {path} can't be brought to version {version}: {cause.Message} It is as it was. Keep a copy of it, run the program that wrote it, and report this as a fault of this program.", cause);

    public static StoreException NotThere(string path) => IsOutOfSight(path)
        ? new($"Whether there is a database {path} can't be told: this account may not look into its folder, or its disk does not answer. Ask as the account that runs the bot: sudo -u listeningbot, with the same words; or check the disk.")
        : StoreFile.HasBeen(path)
        ? new($"The database {path} is not there, though a bot worked on it: it was moved or deleted. Put it back with its -wal and -shm; where it is lost, put back the last backup (storage restore). Where the bot works on another file now, name that one here too: --config DIR with its appsettings.json, or the Storage:Path that its environment gives it.")
        : new($"There is no database {path}. Stand in the folder with appsettings.json, or name it: --config DIR; a service may be given another Storage:Path by its environment. Before the first `run` there is nothing to see; if a bot worked here before, its folder was moved or its disk is not mounted.");

    public static StoreException MovedAway(string path) =>
        new($"The database {path} was moved or deleted while the bot runs on it. Nothing is stored since, and nobody is told that it was. Put the file back with its -wal and -shm, and {StoreException.ByItself}; where it was on another disk meanwhile, restart the service then. Where it is lost, stop the service, put back the last backup (storage restore), and start it again; where another is meant to be in its place, restart the service.");

    /// <summary>Whether it still stands there nobody knows: another says so of each file whose folder or disk can't be asked.</summary>
    public static StoreException OutOfSight(string path) =>
        new($"The database {path} can't be looked at while the bot runs on it: the rights of its folder were changed, or its disk does not answer. Nothing is stored since, and nobody is told that it was. Give the bot's account its rights back, or check the disk, and {StoreException.ByItself}.");

    public static bool IsOutOfSight(string path)
    {
        try
        {
            File.GetAttributes(path);
            return false;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return e is not (FileNotFoundException or DirectoryNotFoundException);
        }
    }

    public static StoreException BotAnswers(StorePlace place, Uri address) =>
        new($"A bot runs on {place}: it answers at {address.Authority}. Stop it first, and then do this again: what it knows by heart is older or newer than a backup.");

    public static StoreException Damaged(string path, string detail) =>
        new($"The database {path} is damaged: {detail}. Nothing of it was used. Take an earlier backup, or rescue what can be read with: sqlite3 FILE .recover");

    /// <summary>A file that somebody named on the command line, a backup.</summary>
    public static StoreException NotWritten(string path, string folder, Exception cause) => cause.HResult switch
    {
        NoSpace or NoSpaceOnWindows => new($"{path} could not be written: its disk is full. Nothing of it was left. Free some space there, or name a file elsewhere.", cause),
        _ => new($"Nothing can be written in the folder {folder}: it is read-only, or not this user's. Name a file elsewhere, or let this user write there.", cause),
    };

    public static StoreException NoBackup(string path, string why) => new($"{path} is no backup: {why}. Name a file that storage backup wrote.");

    public static StoreException AlreadyThere(string path) =>
        new($"There is a file {path} already, and nothing is written over it. Name another file, or move that one away.");

    public static StoreException BrokenOff(string path) =>
        new($"There is a file {path}: a backup that is being written, or one that broke off. If none is being written, delete it; or name another file.");

    public static StoreException NoRoom(string path, long needed, long free) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"There is not enough room for {path}: {needed / 1_000_000.0:0.0} MB are needed there, {free / 1_000_000.0:0.0} MB are free."));

    public static StoreException NotEmpty(string path) =>
        new($"The database {path} is not empty, and nothing is put over it. Stop the bot and move the file with its -wal and -shm away (keep them until all is well), or let Storage:Path name another file.");

    public static StoreException Newer(string path, long stored, int known) =>
        new($"The database {path} has version {stored}, but this program knows versions up to {known} only. Run the newer program again, or put back the backup that was made before it.");
}
