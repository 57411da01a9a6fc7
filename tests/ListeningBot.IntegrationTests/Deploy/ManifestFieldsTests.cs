namespace ListeningBot.IntegrationTests.Deploy;

/// <summary>The files for containers say nothing that their readers would refuse or drop.</summary>
public sealed class ManifestFieldsTests
{
    private static readonly FieldTable s_kubernetes = new(DeployFiles.TextOf("../tests/ListeningBot.IntegrationTests/Deploy/kubernetes-fields.txt"));
    private static readonly FieldTable s_compose = new(DeployFiles.TextOf("../tests/ListeningBot.IntegrationTests/Deploy/compose-fields.txt"));

    [Fact]
    public void Kubernetes_knows_every_field_of_the_manifests() => Assert.Empty(OfKubernetes(DeployFiles.TextOf("kubernetes.yaml")));

    [Fact]
    public void Compose_knows_every_field_of_its_file() => Assert.Empty(OfCompose(DeployFiles.TextOf("compose.yaml")));

    [Theory]
    [InlineData("readOnlyRootFilesystem", "readOnlyRootFileSystem", "Deployment/spec/template/spec/containers/0/securityContext/readOnlyRootFileSystem: unknown")]
    [InlineData("  replicas: 3", "  replicas: \"3\"", "Deployment/spec/replicas: '3' is no int")]
    [InlineData("          whenUnsatisfiable: ScheduleAnyway\n", "", "Deployment/spec/template/spec/topologySpreadConstraints/0/whenUnsatisfiable: missing")]
    [InlineData("value: http://*:8473", "value: 8473", "Deployment/spec/template/spec/containers/0/env/2/value: '8473' is no text")]
    [InlineData("type: RollingUpdate", "type: Rolling", "Deployment/spec/strategy/type: 'Rolling' is no Recreate|RollingUpdate")]
    [InlineData("drop: [ALL]", "drop: ALL", "Deployment/spec/template/spec/containers/0/securityContext/capabilities/drop: no list")]
    [InlineData("unhealthyPodEvictionPolicy: AlwaysAllow", "unhealthyPodEvictionPolicy: Always", "PodDisruptionBudget/spec/unhealthyPodEvictionPolicy: 'Always' is no IfHealthyBudget|AlwaysAllow")]
    public void A_slip_in_the_manifests_is_found(string right, string wrong, string fault) => Assert.Contains(fault, OfKubernetes(Changed("kubernetes.yaml", right, wrong)));

    [Theory]
    [InlineData("read_only: true", "readonly: true", "/services/bot/readonly: unknown")]
    [InlineData("condition: service_healthy", "condition: healthy", "/services/bot/depends_on/postgres/condition: 'healthy' is no service_started|service_healthy|service_completed_successfully")]
    [InlineData("max-file: \"5\"", "max-file: 5", "/services/bot/logging/options: *")]
    [InlineData("      - type: bind\n        source", "      - source", "/services/bot/volumes/0/type: missing")]
    public void A_slip_in_the_file_of_compose_is_found(string right, string wrong, string fault) =>
        Assert.Contains(OfCompose(Changed("compose.yaml", right, wrong)), found => fault.EndsWith('*') ? found.StartsWith(fault[..^1], StringComparison.Ordinal) : found == fault);

    private static List<string> OfKubernetes(string text) =>
        [.. Yaml.Documents(text).SelectMany(document => s_kubernetes.Faults(document, document.Text("kind")!, document.Text("kind")!))];

    private static List<string> OfCompose(string text) => [.. s_compose.Faults(Assert.Single(Yaml.Documents(text)), "Compose")];

    private static string Changed(string file, string right, string wrong)
    {
        var text = DeployFiles.TextOf(file);
        Assert.Contains(right, text, StringComparison.Ordinal);
        return text.Replace(right, wrong, StringComparison.Ordinal);
    }
}
