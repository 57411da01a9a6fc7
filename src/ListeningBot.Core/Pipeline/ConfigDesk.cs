using ListeningBot.Core.Alerting;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// What is live and what is held, for all nodes: each change of it is one transaction, with its cards. One change makes one version: who comes second, because
/// another version went live meanwhile, changes nothing.
/// </summary>
/// <param name="want">A card is to be shown anew.</param>
public sealed class ConfigDesk(IStoreTx tx, Action<CardKey> want, DateTimeOffset now)
{
    public const int VersionsKept = 200;
    public const int HeldKept = 100;

    /// <summary>One transaction, and the rooms that have something new to show.</summary>
    public static Task<(T Result, IReadOnlySet<string> Rooms)> WriteAsync<T>(IStore store, TimeProvider time, Func<IStoreTx, ConfigDesk, T> work, CancellationToken ct) =>
        store.WriteAsync(
            tx =>
            {
                var now = time.GetUtcNow();
                var rooms = new HashSet<string>(StringComparer.Ordinal);
                var desk = new ConfigDesk(tx, Want, now);
                return (work(tx, desk), (IReadOnlySet<string>)rooms);

                void Want(CardKey key)
                {
                    tx.WantCard(key, version: null, Priority.High, now, now);
                    rooms.Add(key.Room);
                }
            },
            ct);

    /// <summary>The card of what is held may quote this mention.</summary>
    public static IReadOnlyList<CardKey> ShowAnew(IStoreTx tx, long mention) =>
        tx.LatestHeld() is (var id, HeldStanding.Held) && tx.HeldChangeOf(id) is { } held && held.Why.Teams.Any(team => team.Missed.Contains(mention)) ? tx.ShowAnew($"held:{id}", version: null) : [];

    /// <summary>Makes it the live version, and ends what was held. Null: another one went live since <paramref name="basedOn"/>, nothing was changed.</summary>
    /// <param name="tell">What the ops room reads behind "Live: version 12"; null: nothing worth telling.</param>
    public ConfigVersion? Apply(ConfigVersion wanted, long basedOn, string? tell)
    {
        if (tx.LatestConfigId() != basedOn)
        {
            return null;
        }
        var version = wanted with { At = now };
        version = version with { Id = tx.AddConfig(version) };
        EndHeld($"version {version.Id} went live");
        if (tell is not null)
        {
            Tell($"Live: version {version.Id}, by {version.By}. {tell}", good: true);
        }
        return version;
    }

    /// <summary>Keeps it for a human's decision, in place of what was held before. False: another version went live since it was judged.</summary>
    public bool Hold(ConfigVersion wanted, long basedOn, Objection why)
    {
        if (tx.LatestConfigId() != basedOn)
        {
            return false;
        }
        EndHeld("the files were changed again");
        var held = new HeldChange { Wanted = wanted with { At = now }, Base = basedOn, Why = why };
        Show(held with { Id = tx.AddHeldChange(held) });
        return true;
    }

    /// <summary>Its files are as the live ones again, or something else is live: nothing is left to decide.</summary>
    public void EndHeld(string because)
    {
        if (tx.LatestHeld() is (var id, HeldStanding.Held) && tx.HeldChangeOf(id) is { } held)
        {
            Settle(held, HeldStanding.Overtaken, because);
        }
    }

    /// <summary>A human's decision, in words for that human, and whether it counted.</summary>
    public (bool Done, string Say) Decide(long id, bool apply, string by)
    {
        if (tx.HeldChangeOf(id) is not { } held)
        {
            return (false, "This change is no longer kept. Nothing was changed.");
        }
        if (held.Standing != HeldStanding.Held)
        {
            return (false, $"Nothing is left to decide: {HeldWriter.Became(held)}.");
        }
        if (!apply)
        {
            Settle(held, HeldStanding.Discarded, by);
            return (true, $"Discarded. Version {held.Base} stays live. {HeldWriter.HowBack(held)}");
        }
        Settle(held, HeldStanding.Applied, by);
        return Apply(held.Wanted with { By = by }, held.Base, Sentence(held.Wanted.Changed)) is { } version
            ? (true, $"Version {version.Id} is live: a running bot follows within two seconds, else the next start does.")
            : throw new InvalidOperationException("A version went live without ending what was held.");
    }

    /// <summary>What a version changed, for the ops room.</summary>
    public static string Sentence(string changed) => $"{char.ToUpperInvariant(changed[0])}{changed[1..]}.";

    public void Tell(string text, bool good) => want(new CardKey($"notice:{tx.AddNotice(text, good, now)}", Notices.OpsRoom));

    private void Settle(HeldChange held, HeldStanding standing, string by)
    {
        held = held with { Standing = standing, SettledBy = by };
        tx.UpdateHeldChange(held);
        Show(held);
    }

    private void Show(HeldChange held)
    {
        foreach (var card in held.Cards)
        {
            want(card);
        }
    }
}
