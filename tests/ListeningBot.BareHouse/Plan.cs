using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace ListeningBot.BareHouse;

/// <summary>What house.yaml says.</summary>
internal sealed class Plan
{
    public string Feed { get; set; } = "";

    /// <summary>Seconds between two polls.</summary>
    public int Every { get; set; } = 300;

    public List<string> Find { get; set; } = [];

    public static Plan Read(string folder) =>
        new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<Plan>(File.ReadAllText(Path.Combine(folder, "house.yaml")));

    public bool Finds(string text) => Find.Exists(words => text.Contains(words, StringComparison.OrdinalIgnoreCase));
}
