using System.Diagnostics;

namespace ListeningBot.Benchmarks.Load;

/// <summary>The program and its rival, published by the same command as deploy/README.md has it: one self-contained file, compiled ahead.</summary>
internal static class Published
{
    /// <summary>Those of <paramref name="given"/> that exist already; the rest is published into <paramref name="folder"/>.</summary>
    /// <param name="given">PROGRAM, BAREHOUSE.</param>
    public static async Task<(string Program, string BareHouse)> ProgramsAsync(IReadOnlyList<string> given, string folder) =>
        (given.Count > 0 ? Path.GetFullPath(given[0]) : Path.Combine(await PublishAsync("src/ListeningBot", Path.Combine(folder, "program")), "listeningbot"),
         given.Count > 1 ? Path.GetFullPath(given[1]) : Path.Combine(await PublishAsync("tests/ListeningBot.BareHouse", Path.Combine(folder, "rival")), "barehouse"));

    private static async Task<string> PublishAsync(string project, string folder)
    {
        using var publish = Process.Start("dotnet", ["publish", project, "-c", "Release", "-r", "linux-x64", "--self-contained", "-p:PublishSingleFile=true", "-v", "quiet", "-o", folder]);
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? folder : throw new InvalidOperationException("Publishing failed: run this in the repository's folder.");
    }
}
