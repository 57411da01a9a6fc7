using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Mail;

/// <summary>
/// The refresh token that a service handed out in place of the configured one, in a file beside the store that its owner alone may read. Read anew each time,
/// since another verb may have refreshed meanwhile. A newly configured token makes it void. Where several machines share a database it lies there; what was kept in the file before they did counts until the first one lies there.
/// </summary>
internal sealed class KeptToken(string? folder, SharedPapers? papers, string channel, MailOptions options, ILogger log)
{
    private readonly string? _file = folder is null ? null : Path.Combine(folder, $"{channel}.refresh-token.json");
    private readonly string _of = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.ClientId}\n{options.RefreshToken}")));

    /// <summary>Handed out, but not in the file: newer than what lies there.</summary>
    private string? _unwritten;

    /// <summary>The one that was last asked for here.</summary>
    private string? _shown;

    private string Paper => $"refresh token of {channel}";

    /// <summary>Throws <see cref="IOException"/> when the database can't be asked: an older token could make the service take back all.</summary>
    public async Task<string> NewestAsync(CancellationToken ct) => _shown = _unwritten ?? (papers is null ? null : TokenIn(await papers.ReadAsync(Paper, ct))) ?? Read() ?? options.RefreshToken;

    /// <param name="token">Null: the service keeps to the one it was shown.</param>
    public async Task KeepAsync(string? token)
    {
        if (token is null || token == _shown)
        {
            return;
        }
        _unwritten = token;
        try
        {
            if (papers is null)
            {
                Write(token);
            }
            else
            {
                await papers.KeepAsync(Paper, JsonSerializer.Serialize(new Kept(_of, token)));
            }
            _unwritten = papers is null && _file is null ? token : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.TokenNotKept(channel, papers is null ? _file! : "the shared database", e.Message);
        }
    }

    private string? TokenIn(string? paper)
    {
        try
        {
            return paper is not null && JsonSerializer.Deserialize<Kept>(paper) is { Token.Length: > 0 } kept && kept.Of == _of ? kept.Token : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string? Read()
    {
        try
        {
            return _file is not null && File.Exists(_file) ? TokenIn(File.ReadAllText(_file)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whole or not at all.</summary>
    private void Write(string token)
    {
        if (_file is null)
        {
            return;
        }
        var half = _file + ".new";
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder!);
        }
        else
        {
            Directory.CreateDirectory(folder!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        File.Delete(half);
        using (var stream = new FileStream(half, how))
        {
            JsonSerializer.Serialize(stream, new Kept(_of, token));
            stream.Flush(flushToDisk: true);
        }
        File.Move(half, _file, overwrite: true);
    }

    /// <param name="Of">Hash of the configured token that it stands for.</param>
    private sealed record Kept(string Of, string Token);
}
