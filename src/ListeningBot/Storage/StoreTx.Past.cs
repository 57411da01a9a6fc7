using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public void AddSampled(Post post, double weight, DateTimeOffset now) => Unmatched.Add(post, weight, now);
    public void ChangeSampled(Post post) => Unmatched.Change(post);
    public void RemoveSampled(PostKey key) => Unmatched.Remove(key);
    public void RemoveSampledOfAuthor(string ns, string authorId) => Unmatched.RemoveOfAuthor(ns, authorId);
    public int AgeSample(DateTimeOffset before, int limit) => Unmatched.Age(before, limit);
    public int ThinSample(int size, int limit) => Unmatched.Thin(size, limit);
}
