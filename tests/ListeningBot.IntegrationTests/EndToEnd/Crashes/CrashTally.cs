using System.Text;

namespace ListeningBot.IntegrationTests.EndToEnd.Crashes;

/// <summary>What was done and found so far, of all lanes.</summary>
internal sealed class CrashTally(TextWriter progress)
{
    private const int KillsATable = 500;
    private readonly Lock _gate = new();
    private readonly Dictionary<CrashStep, (int Kills, int Reached)> _steps = [];
    private readonly Dictionary<string, long> _counts = [];
    private readonly List<string> _faults = [];
    private readonly long _began = TimeProvider.System.GetTimestamp();

    public int Kills { get; private set; }

    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_gate)
            {
                return [.. _faults];
            }
        }
    }

    public void Killed(CrashStep step, bool reached)
    {
        lock (_gate)
        {
            var (kills, so) = _steps.GetValueOrDefault(step);
            _steps[step] = (kills + 1, so + (reached ? 1 : 0));
            if (++Kills % 50 == 0)
            {
                progress.WriteLine($"{Kills} kills in {Elapsed:0} s, {_faults.Count} faults");
            }
            if (Kills % KillsATable == 0)
            {
                // A run of hours that is broken off has told what it found so far.
                progress.WriteLine(Table());
            }
        }
    }

    public void Count(string what, long more)
    {
        lock (_gate)
        {
            _counts[what] = _counts.GetValueOrDefault(what) + more;
        }
    }

    public void Fault(string what)
    {
        lock (_gate)
        {
            _faults.Add(what);
            progress.WriteLine($"FAULT after {Kills} kills: {what}");
        }
    }

    /// <summary>A step that never came in so many kills shows nothing: the harness no longer finds it.</summary>
    public void NeverReached(IEnumerable<CrashStep> asked)
    {
        foreach (var step in asked.Distinct().Where(step => _steps.GetValueOrDefault(step).Reached == 0).ToList())
        {
            Fault($"\"{Words(step)}\" was never reached in {_steps.GetValueOrDefault(step).Kills} kills");
        }
    }

    public string Table()
    {
        lock (_gate)
        {
            var text = new StringBuilder();
            text.AppendLine($"{"killed",-28}{"kills",8}{"there",8}");
            foreach (var (step, (kills, reached)) in _steps.OrderBy(one => one.Key))
            {
                text.AppendLine($"{Words(step),-28}{kills,8}{reached,8}");
            }
            text.AppendLine($"{"all",-28}{Kills,8}{_steps.Values.Sum(one => one.Reached),8}");
            foreach (var (what, count) in _counts)
            {
                text.AppendLine($"{what,-60}{count,8}");
            }
            text.AppendLine($"{"faults",-60}{_faults.Count,8}");
            text.Append($"{Kills} kills in {Elapsed:0} s, {Elapsed / Math.Max(1, Kills):0.00} s each");
            return text.ToString();
        }
    }

    private double Elapsed => TimeProvider.System.GetElapsedTime(_began).TotalSeconds;

    /// <summary>"PressStoredNotAnswered" as "press stored not answered".</summary>
    private static string Words(CrashStep step) => string.Concat(step.ToString().Select((letter, at) => char.IsUpper(letter) ? (at == 0 ? "" : " ") + char.ToLowerInvariant(letter) : letter.ToString()));
}
