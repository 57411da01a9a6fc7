using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.EndToEnd.Cluster;
using ListeningBot.IntegrationTests.EndToEnd.Crashes;
using ListeningBot.IntegrationTests.Faults;
using ListeningBot.IntegrationTests.Load;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(ListeningBot.IntegrationTests.LongestFirst))]

namespace ListeningBot.IntegrationTests;

/// <summary>The classes that take longest begin first, those that mostly wait beside those that work; many short ones are left for the end, so that no long one runs there alone.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly List<string> Longest =
    [
        .. ((Type[])
        [
            typeof(BurstLoadTests), typeof(ClusterShareTests), typeof(ClusterFaultTests), typeof(CrashHarnessTests), typeof(ConnectionCutTests), typeof(ClusterClockTests), typeof(DiskErrorTests), typeof(ClusterReleaseTests),
            typeof(WholeProgramTests), typeof(ClockFaultTests), typeof(TakeOverTests), typeof(ClusterTests), typeof(FaultHarnessTests), typeof(MailCutTests), typeof(StoreFaultTests), typeof(ManyCasesTests), typeof(ManyChannelsTests),
        ]).Select(type => type.FullName!),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Place)];

    /// <summary>A class's own collection is called "Test collection for Its.Full.Name (id: 2a1f)".</summary>
    internal static bool Is(ITestCollection collection, string name) => collection.TestCollectionDisplayName.Contains($" {name} ", StringComparison.Ordinal);

    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection => Longest.FindIndex(name => Is(collection, name)) is var at and >= 0 ? at : int.MaxValue;
}
