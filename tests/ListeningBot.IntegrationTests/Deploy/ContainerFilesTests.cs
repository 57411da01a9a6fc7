using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace ListeningBot.IntegrationTests.Deploy;

/// <summary>No Docker and no cluster runs here: what matters in their files is held by reading them, and by giving the program what they would give it.</summary>
public sealed partial class ContainerFilesTests
{
    private static readonly string[] s_dockerfile = DeployFiles.TextOf("Dockerfile").Replace("\\\n", "", StringComparison.Ordinal).Split('\n');
    private static readonly YamlNode s_compose = Yaml.Documents(DeployFiles.TextOf("compose.yaml"))[0];

    [Fact]
    public void Every_image_is_pinned_to_one_release()
    {
        var images = Lines("FROM").Select(line => line.Split(' ')[0]).Concat(Services.Select(service => service.Value.Text("image")!)).ToList();

        Assert.True(images.Count >= 4);
        Assert.All(images, image => Assert.Matches(PinnedTag(), image));
    }

    [Fact]
    public void The_image_is_built_with_the_sdk_of_the_sources_and_runs_on_their_framework()
    {
        var framework = Regex.Match(File.ReadAllText(Path.Combine(DeployFiles.Root, "Directory.Build.props")), "<TargetFramework>net([0-9.]+)<").Groups[1].Value;

        Assert.Contains($"/sdk:{framework}.", Lines("FROM")[0], StringComparison.Ordinal);
        Assert.Contains($"/aspnet:{framework}.", Lines("FROM")[^1], StringComparison.Ordinal);
        Assert.EndsWith("-chiseled", Lines("FROM")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_image_runs_as_nobody_of_importance_and_starts_no_shell()
    {
        Assert.Matches("^[1-9][0-9]*:[1-9][0-9]*$", Lines("USER").Single());
        Assert.All([Lines("ENTRYPOINT").Single(), Lines("CMD").Single(), Lines("HEALTHCHECK").Single().Split("CMD ")[1]], command => Assert.StartsWith("[\"", command, StringComparison.Ordinal));
        Assert.DoesNotContain(s_dockerfile, line => line.StartsWith("ADD ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_verbs_that_the_image_calls_are_the_programs()
    {
        var verbs = Program.Verbs().Select(verb => verb.Name).ToList();

        Assert.Contains(Words(Lines("CMD").Single())[0], verbs);
        Assert.Contains(Words(Lines("HEALTHCHECK").Single().Split("CMD ")[1])[1], verbs);
    }

    [Fact]
    public void The_program_takes_the_images_variables_and_the_secrets_of_compose()
    {
        var variables = Variable().Matches(Lines("ENV")[^1]).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        var secrets = s_compose.List("services/bot/secrets").Select(secret => secret.Text("target")!).ToList();
        using var program = new ConfiguredProgram(variables, secrets);

        Assert.Equal("/data/listeningbot.db", program.Settings.Storage.Path);
        Assert.Equal($"http://*:{Lines("EXPOSE").Single()}", program.Settings.Web.Listen);
        Assert.Equal(ConfiguredProgram.SecretOf("Storage__Connection"), program.Settings.Storage.Connection);
        Assert.Equal(ConfiguredProgram.SecretOf("Notifiers__discord__Token"), program.DiscordToken);
    }

    [Fact]
    public void What_is_copied_into_the_build_is_there_and_nothing_else_goes_to_the_builder()
    {
        var ignore = File.ReadAllLines(Path.Combine(DeployFiles.Root, ".dockerignore")).Where(line => line.Length > 0 && line[0] != '#').ToList();
        Assert.Equal("*", ignore[0]);
        var allowed = ignore.Where(line => line[0] == '!').Select(line => line[1..]).ToList();

        foreach (var source in Lines("COPY").Where(line => !line.Contains("--from", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[..^1]))
        {
            Assert.True(Path.Exists(Path.Combine(DeployFiles.Root, source)), source);
            Assert.Contains(source.Split('/')[0], allowed);
        }
        Assert.DoesNotContain("config", allowed);
    }

    [Fact]
    public void Every_service_of_compose_can_write_and_do_as_little_as_it_needs()
    {
        foreach (var (name, service) in Services)
        {
            Assert.Equal("true", service.Text("read_only"));
            Assert.Equal(["ALL"], service.List("cap_drop").Select(node => node.ToString()));
            Assert.Equal("no-new-privileges:true", service.Text("security_opt/0"));
            Assert.Matches("^[1-9][0-9]*:[1-9][0-9]*$", service.Text("user"));
            Assert.True(service.At("healthcheck") is not null || name == "bot", $"{name} has no health check; the bot's is in its image.");
        }
    }

    [Fact]
    public void The_database_is_reached_by_the_bot_alone_and_the_bot_from_this_machine_alone()
    {
        Assert.Null(s_compose.At("services/postgres/ports"));
        Assert.Equal(["inside"], s_compose.List("services/postgres/networks").Select(node => node.ToString()));
        Assert.Equal("true", s_compose.Text("networks/inside/internal"));
        Assert.Equal("service_healthy", s_compose.Text("services/bot/depends_on/postgres/condition"));
        Assert.Equal($"127.0.0.1:{Lines("EXPOSE").Single()}:{Lines("EXPOSE").Single()}", s_compose.Text("services/bot/ports/0"));
    }

    [Fact]
    public void Secrets_come_from_files_and_stand_in_no_variable()
    {
        var defined = s_compose.Map("secrets");
        Assert.All(defined.Values, secret => Assert.StartsWith("./secrets/", secret.Text("file"), StringComparison.Ordinal));
        foreach (var used in Services.SelectMany(service => service.Value.List("secrets")))
        {
            Assert.Contains((used as YamlScalarNode)?.Value ?? used.Text("source")!, defined.Keys);
        }
        Assert.DoesNotContain(Services.SelectMany(service => service.Value.Map("environment")), variable => variable.Key.Contains("PASSWORD", StringComparison.Ordinal) && !variable.Key.EndsWith("_FILE", StringComparison.Ordinal));
    }

    private static IReadOnlyDictionary<string, YamlNode> Services => s_compose.Map("services");

    /// <summary>What follows this instruction, in each of its lines.</summary>
    private static List<string> Lines(string instruction) =>
        [.. s_dockerfile.Where(line => line.StartsWith(instruction + " ", StringComparison.Ordinal)).Select(line => line[(instruction.Length + 1)..].Trim())];

    private static List<string> Words(string command) => [.. Regex.Matches(command, "\"([^\"]*)\"").Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"^[a-z0-9./-]+:\d+\.\d+(\.\d+)?(-[a-z0-9-]+)?$")]
    private static partial Regex PinnedTag();

    [GeneratedRegex(@"(LISTENINGBOT__\w+)=(\S+)")]
    private static partial Regex Variable();
}
