using System.Globalization;
using System.Text;
using ListeningBot.Configuration;

namespace ListeningBot.Tests.Configuration;

/// <summary>
/// Each file of the folder Wrong is a mistake of somebody's: the files of a configuration, each behind "--- its name", and behind "=== check" what is said of them, word by word.
/// LISTENINGBOT_WRONG=write with dotnet test --filter WrongFilesTests writes the words anew; then read them as a manager would.
/// </summary>
public sealed class WrongFilesTests
{
    private const string Answer = "=== check\n";
    private static readonly string Folder = Path.Combine(Shipped.Root, "tests/ListeningBot.Tests/Configuration/Wrong");

    public static TheoryData<string> Cases => [.. Directory.GetFiles(Folder, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_wrong_is_told_in_these_words(string name)
    {
        var path = Path.Combine(Folder, name + ".txt");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var cut = text.IndexOf(Answer, StringComparison.Ordinal);
        var said = SaidOf(Files(name));
        if (Environment.GetEnvironmentVariable("LISTENINGBOT_WRONG") == "write")
        {
            File.WriteAllText(path, text[..cut] + Answer + said);
            return;
        }
        Assert.Equal(text[(cut + Answer.Length)..], said);
    }

    [Fact]
    public void There_are_many_of_them_about_all_five_files() =>
        Assert.All(["appsettings.json", .. Sources.ManagersFiles], file => Assert.True(Directory.GetFiles(Folder).Count(path => File.ReadAllText(path).Contains("--- " + file, StringComparison.Ordinal)) >= 5, file));

    private static string SaidOf(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        using var folder = new ConfigurationFolder();
        foreach (var (name, bytes) in files)
        {
            folder.Write(name, bytes);
        }
        var reading = new SettingsReader(folder.Sources, Program.ChannelKinds, Program.NotifierKinds).Read();
        Assert.True(reading.Problems.Count + reading.Warnings.Count > 0, "nothing is wrong with it");
        Assert.Equal(reading.Problems.Count == 0, reading.Settings is not null);
        string[] lines = [.. reading.Problems.Select(problem => problem.ToString()), .. reading.Warnings.Select(warning => "warning: " + warning)];
        return string.Concat(lines.Select(line => line.Replace(folder.Root + "/", "", StringComparison.Ordinal) + "\n"));
    }

    /// <summary>The files of a case, with their bytes.</summary>
    internal static IEnumerable<(string Name, byte[] Bytes)> Files(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder, name + ".txt")).ReplaceLineEndings("\n");
        return Parts(text[..text.IndexOf(Answer, StringComparison.Ordinal)]);
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Parts(string text)
    {
        foreach (var part in text.Split("--- ", StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('\n', 2)))
        {
            var (name, content) = (part[0].Split(' ')[0], part[1]);
            yield return (name, part[0][name.Length..].Trim() switch
            {
                "" => Encoding.UTF8.GetBytes(content),
                "(bom)" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(content)],
                "(utf-16)" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(content)],
                "(latin-1)" => Encoding.Latin1.GetBytes(content),
                "(hex)" => Convert.FromHexString(content.Trim()),
                "(huge)" => [.. Enumerable.Repeat((byte)'#', int.Parse(content, CultureInfo.InvariantCulture))],
                var how => throw new FormatException(how),
            });
        }
    }
}
