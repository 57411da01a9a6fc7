using System.Text;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Tests.Learning;

public class TeamModelTests
{
    [Fact]
    public void What_was_written_is_read()
    {
        var written = SomeModels.Leaning(0.2f);
        var read = TeamModel.Read(new MemoryStream(SomeModels.Bytes(written)));

        Assert.Equal(written.Manifest, read.Manifest);
        var (shipped, team) = (new Scorer(), new Scorer(read.OnShipped()));
        Assert.Equal(written.Manifest.Version, team.Version);
        Assert.True(team.Assess("my parcel is late", Evidence.None).Complaint > shipped.Assess("my parcel is late", Evidence.None).Complaint);
    }

    [Fact]
    public void What_is_cut_off_is_refused_wherever_the_cut_is()
    {
        var bytes = SomeModels.Bytes(SomeModels.Leaning(0.2f));

        Assert.All(Enumerable.Range(0, 60).Select(i => i * (bytes.Length - 1) / 59), length => Assert.Throws<InvalidDataException>(() => TeamModel.Read(new MemoryStream(bytes[..length]))));
    }

    [Fact]
    public void A_changed_weight_is_found()
    {
        var model = SomeModels.Leaning(0.2f);
        using var forged = new MemoryStream();
        new TeamModel(LeanOf(0.3f), model.Manifest).Write(forged);
        forged.Position = 0;

        Assert.Equal("Its weights are damaged.", Assert.Throws<InvalidDataException>(() => TeamModel.Read(forged)).Message);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(0.5f)]
    public void A_weight_that_nobody_could_have_learned_is_refused(float weight)
    {
        var forged = SomeModels.Bytes(SomeModels.Leaning(weight));

        Assert.Equal("Its weights are damaged.", Assert.Throws<InvalidDataException>(() => TeamModel.Read(new MemoryStream(forged))).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a model at all, just some words of somebody")]
    [InlineData("LBTEAM01\u0005\0\0\0{\"a\"}")]
    [InlineData("LBTEAM01\u0002\0\0\0{}")]
    [InlineData("LBTEAM01\u0004\0\0\0null")]
    [InlineData("LBTEAM01\uffff\uffff\uffff")]
    public void What_is_no_model_is_refused(string content) =>
        Assert.Throws<InvalidDataException>(() => TeamModel.Read(new MemoryStream(Encoding.UTF8.GetBytes(content))));

    [Fact]
    public void What_adds_to_another_shipped_model_is_refused_with_both_names()
    {
        var refused = Assert.Throws<InvalidDataException>(() => TeamModel.Read(new MemoryStream(SomeModels.Bytes(SomeModels.Leaning(0.2f, "0123456789ab")))));

        Assert.Equal($"It adds to the shipped model 0123456789ab; this program ships {Model.Shipped.Manifest.Version}.", refused.Message);
    }

    private static Lean LeanOf(float leans)
    {
        var dense = new float[Features.Count * Lean.Lanes];
        dense[0] = leans;
        return new Lean(dense, new sbyte[Grams.Buckets * Lean.Lanes]);
    }
}
