using System.Globalization;
using System.Text;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>
/// A mark beside a file whose history went on elsewhere. A bot that is started without its connection would go on from what is old and answer for the same cases again; a nightly backup would copy it for ever.
/// </summary>
internal static class MovedStore
{
    public static string MarkOf(string path) => path + ".moved";

    /// <summary>Throws <see cref="StoreException"/> when it can't be written.</summary>
    public static void Mark(string path, PostgresPlace place, DateTimeOffset now)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }
            using var file = new FileStream(MarkOf(path), options);
            file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"the PostgreSQL database {place.Shown}, schema {place.Schema}, on {now:yyyy-MM-dd}")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.FromFile(e, path, Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Throws <see cref="StoreException"/> for a file whose history went on elsewhere.</summary>
    public static void ExpectNone(string path)
    {
        if (!File.Exists(MarkOf(path)))
        {
            return;
        }
        string to;
        try
        {
            to = File.ReadAllText(MarkOf(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            to = "another place";
        }
        throw new StoreException($"What is in {path} was moved to {to}, and nothing came to the file since: who goes on from it asks, pings and answers for the same cases a second time. Give Storage:Connection (a service of systemd has it as a credential, a command by hand needs it too). To go on from the file after all, or to put a backup in its place, stop every machine on the database for good and delete {MarkOf(path)}.");
    }
}
