using System.Globalization;
using System.Text.RegularExpressions;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Learning;

/// <summary>A file of the folder: "0003-3fa9c2d41b22.model", or with ".off" behind it when it was rolled back.</summary>
/// <param name="Manifest">Null where it can't be read: then <paramref name="Fault"/> says why.</param>
/// <param name="Fault">Why it is no model that this program can use.</param>
internal sealed record ModelEntry(string File, int Number, bool Off, TeamManifest? Manifest, string? Fault);

/// <summary>What is in force.</summary>
/// <param name="Entry">Null: the shipped model.</param>
/// <param name="Faults">Newer files that are not in force, and why.</param>
internal sealed record ModelInUse(ModelEntry? Entry, Model Model, IReadOnlyList<ModelEntry> Faults);

/// <summary>
/// The team's models, in the folder "models" beside the store: the newest that can be read and fits the shipped model is in use. A file appears whole or not at all,
/// and is never changed; rolling back renames it. Two programs may use the folder at once; who changes it takes his turn.
/// </summary>
internal sealed partial class ModelFolder(string path)
{
    private const string Extension = ".model";
    private const string OffExtension = ".off";
    private const string TurnFile = ".turn";

    public string Path => path;

    public static ModelFolder Beside(string storePath) => new(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(storePath))!, "models"));

    /// <summary>What tells whether anything changed since the last look: names, sizes and times.</summary>
    public string Trace() => string.Join('\n', Files().Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")));

    /// <summary>All files, the newest first; those that are named otherwise come first, with a fault.</summary>
    public IReadOnlyList<ModelEntry> List() => [.. Files().Select(Entry).OrderByDescending(entry => entry.Number).ThenByDescending(entry => entry.File, StringComparer.Ordinal)];

    public ModelInUse InUse()
    {
        var faults = new List<ModelEntry>();
        foreach (var entry in List().Where(entry => !entry.Off))
        {
            var (fault, file) = (entry.Fault, System.IO.Path.Combine(path, entry.File));
            if (fault is null)
            {
                try
                {
                    using var stream = File.OpenRead(file);
                    return new ModelInUse(entry, TeamModel.Read(stream).OnShipped(), faults);
                }
                catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
                {
                    fault = e.Message;
                }
            }
            if (File.Exists(file))
            {
                // Else it was rolled back or removed this very moment.
                faults.Add(entry with { Fault = fault });
            }
        }
        return new ModelInUse(null, Model.Shipped, faults);
    }

    /// <summary>Until it is disposed nobody else changes what is in use; null when somebody does. A program that dies gives it back.</summary>
    public IDisposable? Turn()
    {
        if (File.Exists(path))
        {
            throw new IOException("There is a file of that name: move it away.");
        }
        Directory.CreateDirectory(path);
        try
        {
            return new FileStream(System.IO.Path.Combine(path, TurnFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }

    /// <summary>EAGAIN of Linux and of macOS, and Windows' sharing violation.</summary>
    private static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);

    /// <summary>It is in use from now on. Returns its file's name.</summary>
    public string Keep(TeamModel model)
    {
        Directory.CreateDirectory(path);
        var number = List().Select(entry => entry.Number).Where(number => number < int.MaxValue).DefaultIfEmpty(0).Max() + 1;
        var name = string.Create(CultureInfo.InvariantCulture, $"{number:0000}-{model.Manifest.Version}{Extension}");
        var temporary = System.IO.Path.Combine(path, $".{name}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew))
            {
                model.Write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, System.IO.Path.Combine(path, name));
        }
        finally
        {
            File.Delete(temporary);
        }
        return name;
    }

    /// <summary>Takes the model in use out of use; what is in use now. Null when the shipped one is in use already.</summary>
    public ModelInUse? RollBack()
    {
        if (InUse().Entry is not { } entry)
        {
            return null;
        }
        var file = System.IO.Path.Combine(path, entry.File);
        File.Move(file, file + OffExtension);
        return InUse();
    }

    private FileInfo[] Files()
    {
        var folder = new DirectoryInfo(path);
        return !folder.Exists ? [] : [.. folder.GetFiles().Where(file => IsModel(file.Name)).OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    private static bool IsModel(string name) => !name.StartsWith('.') && (name.EndsWith(Extension, StringComparison.Ordinal) || name.EndsWith(Extension + OffExtension, StringComparison.Ordinal));

    private static ModelEntry Entry(FileInfo file)
    {
        var named = Named().Match(file.Name);
        if (!named.Success || !int.TryParse(named.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new ModelEntry(file.Name, int.MaxValue, file.Name.EndsWith(OffExtension, StringComparison.Ordinal), null, "It is not named like a model of ours (0001-0123456789ab.model).");
        }
        var off = named.Groups["off"].Success;
        try
        {
            using var stream = file.OpenRead();
            var manifest = TeamModel.ReadManifest(stream);
            return new ModelEntry(file.Name, number, off, manifest, manifest.Fits ? null : $"It was learned for the shipped model {manifest.Parent}; this program ships {Model.Shipped.Manifest.Version}.");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new ModelEntry(file.Name, number, off, null, e.Message);
        }
    }

    [GeneratedRegex(@"^(?<number>\d{4,9})-[0-9a-f]{12}\.model(?<off>\.off)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Named();
}
