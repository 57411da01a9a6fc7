using System.Globalization;
using System.Text.RegularExpressions;
using ListeningBot.Configuration;
using YamlDotNet.RepresentationModel;

namespace ListeningBot.IntegrationTests.Deploy;

/// <summary>The manifests, held against the program and against each other.</summary>
public sealed class KubernetesFileTests
{
    private static readonly IReadOnlyList<YamlNode> s_all = Yaml.Documents(DeployFiles.TextOf("kubernetes.yaml"));
    private static readonly YamlNode s_pod = Kind("Deployment").At("spec/template/spec")!;
    private static readonly YamlNode s_bot = s_pod.At("containers/0")!;

    [Fact]
    public void Three_nodes_and_one_at_a_time_goes()
    {
        Assert.Equal("3", Kind("Deployment").Text("spec/replicas"));
        Assert.Equal("1", Kind("Deployment").Text("spec/strategy/rollingUpdate/maxUnavailable"));
        Assert.Equal("1", Kind("PodDisruptionBudget").Text("spec/maxUnavailable"));
        Assert.Equal("AlwaysAllow", Kind("PodDisruptionBudget").Text("spec/unhealthyPodEvictionPolicy"));
    }

    [Fact]
    public void All_speak_of_the_same_pods()
    {
        var labels = Texts(Kind("Deployment").Map("spec/template/metadata/labels"));

        Assert.NotEmpty(labels);
        Assert.Equal(labels, Texts(Kind("Deployment").Map("spec/selector/matchLabels")));
        Assert.Equal(labels, Texts(Kind("PodDisruptionBudget").Map("spec/selector/matchLabels")));
        Assert.Equal(labels, Texts(Kind("Service").Map("spec/selector")));
        Assert.Equal(labels, Texts(Kind("NetworkPolicy").Map("spec/podSelector/matchLabels")));
        Assert.All(s_pod.List("topologySpreadConstraints"), spread => Assert.Equal(labels, Texts(spread.Map("labelSelector/matchLabels"))));
        Assert.All(s_all.Skip(1), document => Assert.Equal(Kind("Namespace").Text("metadata/name"), document.Text("metadata/namespace")));
    }

    [Fact]
    public void The_probes_ask_what_the_program_answers_and_a_slow_start_is_no_death()
    {
        Assert.Equal("/healthz", s_bot.Text("startupProbe/httpGet/path"));
        Assert.Equal("/healthz", s_bot.Text("livenessProbe/httpGet/path"));
        Assert.Equal("/readyz", s_bot.Text("readinessProbe/httpGet/path"));
        Assert.All(["startupProbe", "livenessProbe", "readinessProbe"], probe => Assert.Equal(s_bot.Text("ports/0/name"), s_bot.Text(probe + "/httpGet/port")));
        Assert.True(Number(s_bot, "startupProbe/periodSeconds") * Number(s_bot, "startupProbe/failureThreshold") >= 600);
        Assert.True(Number(s_pod, "terminationGracePeriodSeconds") > 5, "The program stops within five seconds.");
        Assert.Equal("true", Kind("Service").Text("spec/publishNotReadyAddresses"));
    }

    [Fact]
    public void The_program_takes_the_variables_and_secrets()
    {
        var variables = s_bot.List("env").ToDictionary(variable => variable.Text("name")!, variable => variable.Text("value")!);
        using var program = new ConfiguredProgram(variables, ["Storage__Connection", "Notifiers__discord__Token"]);

        Assert.Equal($"http://*:{s_bot.Text("ports/0/containerPort")}", program.Settings.Web.Listen);
        Assert.Equal(s_bot.Text("ports/0/containerPort"), Kind("NetworkPolicy").Text("spec/ingress/0/ports/0/port"));
        Assert.Equal(ConfiguredProgram.SecretOf("Storage__Connection"), program.Settings.Storage.Connection);
        var mounts = s_bot.List("volumeMounts").Select(mount => mount.Text("mountPath")).ToList();
        Assert.Contains(variables["CREDENTIALS_DIRECTORY"], mounts);
        Assert.Contains(Path.GetDirectoryName(program.Settings.Storage.Path), mounts);
        Assert.Contains(s_bot.List("args")[^1].ToString(), mounts);
    }

    [Fact]
    public void Every_file_of_the_managers_is_mounted_where_the_program_looks()
    {
        var items = s_pod.List("volumes/0/projected/sources").SelectMany(source => source.List("configMap/items")).Select(item => item.Text("path")).ToList();

        Assert.Equal([Sources.AppSettings, .. Sources.ManagersFiles], items);
        Assert.All(s_bot.List("volumeMounts"), mount => Assert.Contains(mount.Text("name"), s_pod.List("volumes").Select(volume => volume.Text("name"))));
    }

    [Fact]
    public void A_pod_can_do_as_little_as_it_needs()
    {
        Assert.Equal("restricted", Kind("Namespace").Map("metadata/labels")["pod-security.kubernetes.io/enforce"].ToString());
        Assert.Equal("true", s_pod.Text("securityContext/runAsNonRoot"));
        Assert.Equal("RuntimeDefault", s_pod.Text("securityContext/seccompProfile/type"));
        Assert.Equal("false", s_pod.Text("automountServiceAccountToken"));
        Assert.Equal("true", s_bot.Text("securityContext/readOnlyRootFilesystem"));
        Assert.Equal("false", s_bot.Text("securityContext/allowPrivilegeEscalation"));
        Assert.Equal("ALL", s_bot.Text("securityContext/capabilities/drop/0"));
        Assert.NotNull(s_bot.Text("resources/limits/memory"));
        Assert.Matches(@":\d+\.\d+\.\d+$", s_bot.Text("image"));
        Assert.Contains($"USER {s_pod.Text("securityContext/runAsUser")}:{s_pod.Text("securityContext/runAsGroup")}\n", DeployFiles.TextOf("Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_guide_makes_what_the_manifests_expect()
    {
        var guide = DeployFiles.TextOf("README.md");

        foreach (var name in s_pod.List("volumes/0/projected/sources").Select(source => source.Text("configMap/name")))
        {
            Assert.Matches($"create configmap {Regex.Escape(name!)} ", guide);
        }
        Assert.Matches($"create secret generic {s_pod.Text("volumes/1/secret/secretName")} ", guide);
    }

    private static YamlNode Kind(string kind) => Assert.Single(s_all, document => document.Text("kind") == kind);

    private static SortedDictionary<string, string> Texts(IReadOnlyDictionary<string, YamlNode> map) =>
        new(map.ToDictionary(entry => entry.Key, entry => entry.Value.ToString()), StringComparer.Ordinal);

    private static int Number(YamlNode node, string path) => int.Parse(node.Text(path)!, CultureInfo.InvariantCulture);
}
