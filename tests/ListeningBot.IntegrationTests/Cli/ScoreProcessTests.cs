using System.Diagnostics;
using System.Text.Json;

namespace ListeningBot.IntegrationTests.Cli;

/// <summary>The program itself, through real pipes.</summary>
public class ScoreProcessTests
{
    [Fact]
    public async Task It_answers_line_by_line_and_ends_with_code_1_when_a_line_was_bad()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "listeningbot.dll"), "score"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.WriteAsync("{\"id\":\"1\",\"text\":\"My parcel never arrived and nobody answers 😡\"}\n".AsMemory(), deadline.Token);
            await process.StandardInput.FlushAsync(deadline.Token);
            var first = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync(deadline.Token))!).RootElement;
            Assert.True(first.GetProperty("isComplaint").GetBoolean());

            await process.StandardInput.WriteAsync("\n{\"id\":\"3\",\"text\":\"fine\"}".AsMemory(), deadline.Token);
            process.StandardInput.Close();
            Assert.Contains("line 2: ", (await process.StandardOutput.ReadLineAsync(deadline.Token))!, StringComparison.Ordinal);
            Assert.Contains("\"id\":\"3\"", (await process.StandardOutput.ReadLineAsync(deadline.Token))!, StringComparison.Ordinal);
            Assert.Null(await process.StandardOutput.ReadLineAsync(deadline.Token));
            await process.WaitForExitAsync(deadline.Token);
            Assert.Equal(1, process.ExitCode);
            Assert.StartsWith("1 of 3 lines", await process.StandardError.ReadToEndAsync(deadline.Token), StringComparison.Ordinal);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
