using ListeningBot.Configuration;
using ListeningBot.Notifiers.Discord;

namespace ListeningBot.IntegrationTests.Deploy;

/// <summary>The program's configuration as it reads it with the shipped example, below the variables and secrets of a deployment.</summary>
internal sealed class ConfiguredProgram : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("listeningbot-deploy-");

    /// <param name="variables">Of the environment.</param>
    /// <param name="secrets">Names of files in the folder of credentials.</param>
    public ConfiguredProgram(IReadOnlyDictionary<string, string> variables, IEnumerable<string> secrets)
    {
        var credentials = _folder.CreateSubdirectory("credentials");
        foreach (var secret in secrets)
        {
            File.WriteAllText(Path.Combine(credentials.FullName, secret), SecretOf(secret) + "\n");
        }
        var example = File.ReadAllText(Path.Combine(DeployFiles.Root, "appsettings.example.json"));
        File.WriteAllText(Path.Combine(_folder.FullName, "appsettings.json"), example.Replace("\"discord\": { \"Enabled\": false }", "\"discord\": { \"Enabled\": true }", StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(Path.Combine(DeployFiles.Root, "config"), "*.yaml"))
        {
            Directory.CreateDirectory(Path.Combine(_folder.FullName, "config"));
            File.Copy(file, Path.Combine(_folder.FullName, "config", Path.GetFileName(file)));
        }
        var sources = new Sources { Folder = _folder.FullName, Environment = variables, CredentialsFolder = credentials.FullName };
        var reading = new SettingsReader(sources, Program.ChannelKinds, Program.NotifierKinds).Read();
        Assert.Empty(reading.Problems);
        Settings = reading.Settings!;
    }

    public Settings Settings { get; }

    public string DiscordToken => Assert.IsType<DiscordOptions>(Settings.Notifiers.Single(notifier => notifier.Name == "discord").Options).Token;

    public static string SecretOf(string name) => name switch
    {
        "Storage__Connection" => "Host=postgres;Database=listeningbot;Username=listeningbot;Password=of-the-test",
        _ => "secret-of-" + name.ToLowerInvariant(),
    };

    public void Dispose() => _folder.Delete(recursive: true);
}
