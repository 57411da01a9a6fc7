using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace ListeningBot.Tests.Storage.Disks;

/// <summary>
/// A VFS that does everything by way of the machine's own, and lets a <see cref="WatchedDisk"/> see each call first: below SQLite, so that the store above runs as it is.
/// Only the waiting for the disk is left out: what would survive is the watched disk's to say.
/// </summary>
internal static unsafe class WatchedVfs
{
    public const string Name = "watched";
    private const int AtomicBatches = 0x4000;
    private const int TakesLock = 2;
    private static readonly NativeVfs* Below;
    private static readonly NativeMethods* Methods;

    static WatchedVfs()
    {
        Batteries_V2.Init();
        Below = Find(null);
        Methods = (NativeMethods*)NativeMemory.AllocZeroed((nuint)sizeof(NativeMethods));
        *Methods = new NativeMethods
        {
            Version = 2,
            Close = &Close,
            Read = &Read,
            Write = &Write,
            Truncate = &Truncate,
            Sync = &Sync,
            FileSize = &FileSize,
            Lock = &Lock,
            Unlock = &Unlock,
            CheckReservedLock = &CheckReservedLock,
            FileControl = &FileControl,
            SectorSize = &SectorSize,
            DeviceCharacteristics = &DeviceCharacteristics,
            ShmMap = &ShmMap,
            ShmLock = &ShmLock,
            ShmBarrier = &ShmBarrier,
            ShmUnmap = &ShmUnmap,
        };
        var vfs = (NativeVfs*)NativeMemory.Alloc((nuint)sizeof(NativeVfs));
        *vfs = *Below;
        vfs->Next = null;
        vfs->Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
        vfs->FileSize = sizeof(NativeFile) + Below->FileSize;
        vfs->Open = &Open;
        vfs->Delete = &Delete;
        Assert.Equal(raw.SQLITE_OK, Register(vfs, 0));
    }

    /// <summary>Registers it, once a process.</summary>
    public static void Prepare()
    {
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    private static extern NativeVfs* Find(byte* name);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static extern int Register(NativeVfs* vfs, int asDefault);

    private static NativeFile* Real(NativeFile* file) => file + 1;

    private static WatchedFile Watched(NativeFile* file) => (WatchedFile)GCHandle.FromIntPtr(file->Watched).Target!;

    [UnmanagedCallersOnly]
    private static int Open(NativeVfs* vfs, byte* name, NativeFile* file, int flags, int* outFlags)
    {
        var watched = new WatchedFile(Marshal.PtrToStringUTF8((nint)name), flags);
        file->Methods = null;
        if (watched.Refuses(DiskCall.Open) is var code and not 0)
        {
            return code;
        }
        code = Below->Open(Below, name, Real(file), flags, outFlags);
        if (Real(file)->Methods is not null)
        {
            file->Methods = Methods;
            file->Watched = GCHandle.ToIntPtr(GCHandle.Alloc(watched));
        }
        if (code == 0)
        {
            watched.Opened();
        }
        return code;
    }

    [UnmanagedCallersOnly]
    private static int Delete(NativeVfs* vfs, byte* name, int syncFolder)
    {
        var watched = new WatchedFile(Marshal.PtrToStringUTF8((nint)name), 0);
        return watched.Refuses(DiskCall.Delete) is var code and not 0 ? code
            : watched.Done(Below->Delete(Below, name, 0), () => watched.Deleted(syncFolder != 0));
    }

    [UnmanagedCallersOnly]
    private static int Close(NativeFile* file)
    {
        GCHandle.FromIntPtr(file->Watched).Free();
        return Real(file)->Methods->Close(Real(file));
    }

    [UnmanagedCallersOnly]
    private static int Read(NativeFile* file, byte* to, int length, long at) =>
        Watched(file).Refuses(DiskCall.Read) is var code and not 0 ? code : Real(file)->Methods->Read(Real(file), to, length, at);

    [UnmanagedCallersOnly]
    private static int Write(NativeFile* file, byte* from, int length, long at)
    {
        var watched = Watched(file);
        var refused = watched.Refuses(DiskCall.Write);
        if (refused != 0)
        {
            length = watched.ShortWrite(length);
        }
        var code = length == 0 ? 0 : Real(file)->Methods->Write(Real(file), from, length, at);
        if (code == 0 && length > 0)
        {
            watched.Wrote(new ReadOnlySpan<byte>(from, length), at);
        }
        return refused != 0 ? refused : code;
    }

    [UnmanagedCallersOnly]
    private static int Truncate(NativeFile* file, long length)
    {
        var watched = Watched(file);
        return watched.Refuses(DiskCall.Truncate) is var code and not 0 ? code
            : watched.Done(Real(file)->Methods->Truncate(Real(file), length), () => watched.Truncated(length));
    }

    [UnmanagedCallersOnly]
    private static int Sync(NativeFile* file, int flags)
    {
        var watched = Watched(file);
        var code = watched.Refuses(DiskCall.Sync);
        watched.Synced(whole: code == 0);
        return code;
    }

    [UnmanagedCallersOnly]
    private static int FileSize(NativeFile* file, long* size) => Real(file)->Methods->FileSize(Real(file), size);

    [UnmanagedCallersOnly]
    private static int Lock(NativeFile* file, int level) =>
        Watched(file).Refuses(DiskCall.Lock) is var code and not 0 ? code : Real(file)->Methods->Lock(Real(file), level);

    [UnmanagedCallersOnly]
    private static int Unlock(NativeFile* file, int level) => Real(file)->Methods->Unlock(Real(file), level);

    [UnmanagedCallersOnly]
    private static int CheckReservedLock(NativeFile* file, int* answer) => Real(file)->Methods->CheckReservedLock(Real(file), answer);

    [UnmanagedCallersOnly]
    private static int FileControl(NativeFile* file, int what, void* value) => Real(file)->Methods->FileControl(Real(file), what, value);

    [UnmanagedCallersOnly]
    private static int SectorSize(NativeFile* file) => Real(file)->Methods->SectorSize(Real(file));

    [UnmanagedCallersOnly]
    private static int DeviceCharacteristics(NativeFile* file) => Real(file)->Methods->DeviceCharacteristics(Real(file)) & ~AtomicBatches;

    [UnmanagedCallersOnly]
    private static int ShmMap(NativeFile* file, int page, int size, int extend, void** at) => Real(file)->Methods->ShmMap(Real(file), page, size, extend, at);

    [UnmanagedCallersOnly]
    private static int ShmLock(NativeFile* file, int offset, int count, int flags) =>
        (flags & TakesLock) != 0 && Watched(file).Refuses(DiskCall.Lock) is var code and not 0 ? code : Real(file)->Methods->ShmLock(Real(file), offset, count, flags);

    [UnmanagedCallersOnly]
    private static void ShmBarrier(NativeFile* file) => Real(file)->Methods->ShmBarrier(Real(file));

    [UnmanagedCallersOnly]
    private static int ShmUnmap(NativeFile* file, int delete) => Real(file)->Methods->ShmUnmap(Real(file), delete);

}
