using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public long AddConfig(ConfigVersion version) => Configuration.Add(version);
    public void RewriteConfig(ConfigVersion version) => Configuration.Rewrite(version);
    public void RenameFiles(string hash, string now) => Configuration.Rename(hash, now);
    public void SawFiles(string node, string hash, DateTimeOffset now) => Configuration.Saw(node, hash, now);
    public long AddHeldChange(HeldChange change) => Configuration.AddHeld(change);
    public void UpdateHeldChange(HeldChange change) => Configuration.UpdateHeld(change);
}
