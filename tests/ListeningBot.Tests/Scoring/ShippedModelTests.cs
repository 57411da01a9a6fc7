using System.Security.Cryptography;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;
using ListeningBot.Tests.Configuration;

namespace ListeningBot.Tests.Scoring;

/// <summary>The model is what the open files give: nobody has to believe it.</summary>
public sealed class ShippedModelTests
{
    private const string Pin = "src/ListeningBot.Core/Scoring/corpus-only.sha256";

    /// <summary>Public sets that others are compared on: they stay unseen, so that figures on them mean something.</summary>
    private static readonly string[] s_measureOnly = ["complaints_acl19", "airline", "apple_dfe", "tweeteval", "umsab"];

    private static readonly Lazy<byte[]> s_made = new(Make);

    private static byte[] Make()
    {
        using var bytes = new MemoryStream();
        Workshop.Make(null, _ => { }).Write(bytes);
        return bytes.ToArray();
    }

    [Fact]
    public void The_corpus_alone_gives_the_same_bytes_everywhere()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(s_made.Value));
        Assert.True(Shipped.Text(Pin) == $"{hash}  corpus-only.model\n",
            $"The corpus alone gives a model of hash {hash}; {Pin} tells another. Where corpus, lexicons or training were changed on purpose: "
            + $"listeningbot train --out corpus-only.model && sha256sum corpus-only.model > {Pin}");
    }

    [Fact]
    public void Two_runs_give_the_same_bytes() => Assert.Equal(s_made.Value, Make());

    [Fact]
    public void What_was_made_is_read_back_as_it_was()
    {
        var model = Model.Read(new MemoryStream(s_made.Value));
        using var again = new MemoryStream();
        model.Write(again);
        Assert.Equal(s_made.Value, again.ToArray());
        Assert.Equal(Model.VersionOf(model), model.Manifest.Version);
    }

    [Fact]
    public void The_shipped_model_learned_from_the_corpus_as_it_is_built_in()
    {
        var learned = Model.Shipped.Manifest.Sources.Where(source => source.Licence == Corpus.Licence).ToHashSet();
        learned.SymmetricExceptWith(Corpus.Read().Sources);
        Assert.True(learned.Count == 0, $"The shipped model learned from another corpus than the one that is built in; train it anew, as MODEL.md says. They differ in {string.Join(", ", learned.Select(source => source.Name).Distinct())}.");
    }

    [Fact]
    public void The_shipped_model_fits_the_lexicons_and_bears_the_name_of_its_weights()
    {
        Assert.Equal(Model.LexiconsHash, Model.Shipped.Manifest.Lexicons);
        Assert.Equal(Model.VersionOf(Model.Shipped), Model.Shipped.Manifest.Version);
    }

    [Fact]
    public void Each_source_is_of_the_corpus_or_a_public_set_with_its_licence()
    {
        foreach (var source in Model.Shipped.Manifest.Sources)
        {
            Assert.True(Corpus.Files.Contains(source.Name) || PublicSets.Named(source.Name)?.Licence == source.Licence, $"{source.Name}, {source.Licence}");
        }
    }

    [Fact]
    public void Nothing_is_learned_from_what_is_only_measured()
    {
        var sources = Model.Shipped.Manifest.Sources.Select(source => source.Name).Concat(PublicSets.All.Select(set => set.Name)).Concat(Corpus.Files);
        Assert.DoesNotContain(sources, source => s_measureOnly.Any(only => source.StartsWith(only, StringComparison.Ordinal)));
    }
}
