namespace ListeningBot.Hosting.Cluster;

/// <summary>What this node knows of itself and the others, for whoever looks.</summary>
/// <param name="Wanted">What has to run somewhere, by this machine's configuration, also while it can take nothing itself.</param>
/// <param name="Mine">Its roles and their epochs.</param>
/// <param name="Round">The last round that came through; null before the first.</param>
/// <param name="Since">How long ago that was.</param>
/// <param name="Skew">How far this machine's clock is ahead of the database's at the least, whatever the way there took; negative: behind.</param>
/// <param name="Fault">Why the last round did not come through.</param>
internal sealed record ClusterView(ClusterNode Me, IReadOnlySet<string> Wanted, IReadOnlyList<(string Role, long Epoch)> Mine, Round? Round, TimeSpan Since, TimeSpan Skew, string? Fault);
