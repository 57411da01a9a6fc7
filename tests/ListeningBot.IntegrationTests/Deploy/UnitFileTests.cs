using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ListeningBot.IntegrationTests.Deploy;

/// <summary>systemd's own opinion of the unit; the tool needs no running systemd.</summary>
public sealed partial class UnitFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("listeningbot-unit-");

    [Fact]
    public async Task Systemd_finds_no_fault_in_the_unit()
    {
        var (status, output) = await AnalyzeAsync("verify");

        Assert.Equal("", output);
        Assert.Equal(0, status);
    }

    [Fact]
    public async Task A_fault_in_the_unit_would_be_found()
    {
        var (_, output) = await AnalyzeAsync("verify", unit => unit.Replace("ProtectSystem=", "ProtectSytem=", StringComparison.Ordinal));

        Assert.Contains("ProtectSytem", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_unit_is_exposed_to_little()
    {
        var (_, output) = await AnalyzeAsync("security");

        var exposure = double.Parse(Exposure().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(exposure, 0, 1.5);
    }

    /// <param name="broken">What to change of the unit first.</param>
    private async Task<(int Status, string Output)> AnalyzeAsync(string verb, Func<string, string>? broken = null)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not installed (Debian: systemd)");
        var unit = DeployFiles.TextOf("listeningbot.service").Replace("/opt/listeningbot/listeningbot", "/bin/true", StringComparison.Ordinal);
        var path = Path.Combine(_folder.FullName, "listeningbot.service");
        await File.WriteAllTextAsync(path, broken?.Invoke(unit) ?? unit);
        using var process = Process.Start(new ProcessStartInfo("systemd-analyze", verb == "security" ? [verb, "--no-pager", "--offline=true", path] : [verb, path])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [GeneratedRegex(@"exposure level for listeningbot\.service: (\d+\.\d+)")]
    private static partial Regex Exposure();
}
