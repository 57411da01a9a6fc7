using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;
using ListeningBot.Learning;

namespace ListeningBot.Tests.Learning;

/// <summary>Teams' models that were not learned but made up.</summary>
internal static class SomeModels
{
    /// <param name="leans">What each text's complaint leans, before calibration: tells one model from another.</param>
    public static TeamModel Leaning(float leans, string? parent = null)
    {
        parent ??= Model.Shipped.Manifest.Version;
        var dense = new float[Features.Count * Lean.Lanes];
        dense[(int)Feature.Bias * Lean.Lanes] = leans;
        var lean = new Lean(dense, new sbyte[Grams.Buckets * Lean.Lanes]);
        var figures = new TeamFigures(20, 0.5, 0.9, 0.8);
        return new TeamModel(lean, new TeamManifest(TeamModel.VersionOf(lean, parent), parent, Support.ManualClock.Start, 60, 40, figures, figures with { Loss = 0.4 }));
    }

    public static byte[] Bytes(TeamModel model)
    {
        using var stream = new MemoryStream();
        model.Write(stream);
        return stream.ToArray();
    }

    public static void Put(this ModelFolder folder, string name, byte[] bytes)
    {
        Directory.CreateDirectory(folder.Path);
        File.WriteAllBytes(Path.Combine(folder.Path, name), bytes);
    }
}
