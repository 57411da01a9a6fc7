using System.Diagnostics;

namespace ListeningBot.IntegrationTests.Storage;

/// <summary>A file system of its own with little room; skips where none may be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("small-disk").FullName;

    public static SmallDisk Mount(string size)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root can mount a small disk");
        var disk = new SmallDisk();
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", $"size={size}", "none", disk.Folder), "mounting is not allowed here");
        return disk;
    }

    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", Folder));

    public void Dispose()
    {
        Run("umount", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
