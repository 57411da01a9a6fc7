namespace ListeningBot.Configuration.Editing;

/// <summary>Replaces a file in one step: who reads it meanwhile reads the old one or the new one.</summary>
internal static class WholeFile
{
    /// <summary>Null when it is written; else why not, with the cure.</summary>
    /// <param name="file">As it was read: when it is another by now, nothing is written.</param>
    public static string? Replace(FileText file, byte[] bytes)
    {
        string? aside = null;
        try
        {
            // What is a link stays one.
            var path = File.ResolveLinkTarget(file.Shown, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file.Shown);
            aside = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
            using (var stream = new FileStream(aside, MadeNew()))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            KeepMode(path, aside);
            if (!File.ReadAllBytes(path).AsSpan().SequenceEqual(file.Bytes))
            {
                return $"{file.Shown} was changed by somebody else at this very moment. Nothing was written; do it again.";
            }
            File.Move(aside, path, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{file.Shown} can't be written here: {e.Message.TrimEnd('.')}. Nothing was changed. Let the bot's account write the folder config/ and mount the folder, not the single file; or change the file where it comes from.";
        }
        finally
        {
            Forget(aside);
        }
    }

    /// <summary>Nobody else reads it before it has the mode of the one that it replaces.</summary>
    private static FileStreamOptions MadeNew() => OperatingSystem.IsWindows()
        ? new() { Mode = FileMode.CreateNew, Access = FileAccess.Write }
        : new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };

    private static void KeepMode(string path, string aside)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(aside, File.GetUnixFileMode(path));
        }
    }

    /// <summary>What is left of it begins with a point, and nothing reads it.</summary>
    private static void Forget(string? aside)
    {
        try
        {
            if (aside is not null)
            {
                File.Delete(aside);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _ = e;
        }
    }
}
