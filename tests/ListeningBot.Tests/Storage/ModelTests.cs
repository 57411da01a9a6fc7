using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;
using static ListeningBot.Tests.Storage.SomeStored;

namespace ListeningBot.Tests.Storage;

/// <summary>Random work, restarts and poisoned requests among it; after each step the store and a plain model say the same.</summary>
public sealed class ModelTests
{
    private const int Steps = 300;
    private static readonly string[] Rooms = ["care", "billing"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_store_does_what_the_model_does(int seed)
    {
        var random = new Random(seed);
        await using var own = new TempStore();
        var model = new Model();
        for (var step = 0; step < Steps; step++)
        {
            await StepAsync(random, own, model);
            var now = Now.AddMinutes(random.Next(12));
            Assert.Equal(model.Describe(now), await own.ReadAsync(view => Describe(view, now)));
        }
    }

    private static async Task StepAsync(Random random, TempStore own, Model model)
    {
        if (random.Next(40) == 0)
        {
            await own.ReopenAsync();
            model.Reopened();
            return;
        }
        var work = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Change.Random(random)).ToList();
        if (random.Next(10) == 0)
        {
            await Assert.ThrowsAsync<ArithmeticException>(() => own.WriteAsync(tx =>
            {
                work.ForEach(change => change.Store(tx));
                throw new ArithmeticException("poison");
            }));
            return;
        }
        await own.WriteAsync(tx => work.ForEach(change => change.Store(tx)));
        work.ForEach(change => change.Think(model));
    }

    private static string Describe(IStoreView view, DateTimeOffset now) => string.Join('\n',
    [
        .. Rooms.Select(room => $"{room}: {string.Join(", ", view.CardsToShow(room, now, 50).Select(Describe).Order(StringComparer.Ordinal))} next {view.NextTryIn(room, now):HH:mm}"),
        .. Rooms.Select(room => $"{room} pings: {string.Join(", ", view.PingsToDo(room, now, 50).Select(p => $"{p.Key.Subject} {p.Text} {p.Withdraw} {p.Message?.Value}"))}"),
        $"rooms {string.Join(' ', view.RoomsWithWork())}",
        $"keys {string.Join(' ', Change.Keys.Select(key => view.CaseHolding(key)?.ToString() ?? "-"))} hashes {string.Join(' ', view.OpenThreadHashes().Order())}",
        $"cases {string.Join(' ', Change.Cases.Select(id => view.CaseOf(id)?.Version.ToString() ?? "-"))}",
    ]);

    private static string Describe(CardWork work) => $"{work.Key.Subject} {work.Wanted} {work.Message?.Value} {work.LookFirst} {work.Tries}";

    /// <summary>One change, as the store is told and as the model thinks of it.</summary>
    private sealed record Change(Action<IStoreTx> Store, Action<Model> Think)
    {
        public static readonly string[] Keys = ["a", "b", "c", "d"];
        public static readonly long[] Cases = [1, 2, 3, 4];

        public static Change Random(Random random)
        {
            var id = Cases[random.Next(Cases.Length)];
            var key = new CardKey($"case:{id}", Rooms[random.Next(Rooms.Length)]);
            var version = random.Next(1, 9);
            var until = Now.AddMinutes(random.Next(12));
            var yes = random.Next(2) == 0;
            var name = Keys[random.Next(Keys.Length)];
            var message = new MessageRef("m" + random.Next(100));
            return random.Next(12) switch
            {
                0 or 1 => new(tx => tx.WantCard(key, version, Priority.High, Now, Now), m => m.Want(key, version)),
                2 => new(tx => IfWanted(tx, key, () => tx.CardShown(key, version, message, Now)), m => m.OfCard(key, card => card.Show(version, message.Value))),
                3 => new(tx => IfWanted(tx, key, () => tx.PutOffCard(key, until, yes, "busy")), m => m.OfCard(key, card => card.PutOff(until, yes))),
                4 => new(tx => IfWanted(tx, key, () => tx.ForgetMessage(key, Now)), m => m.OfCard(key, card => card.Forget())),
                5 => new(tx => IfWanted(tx, key, () => tx.GiveUpCard(key, version, "no")), m => m.OfCard(key, card => card.GiveUp(version))),
                6 => new(tx => tx.WantPing(key, name, $"{key.Room} {name}", [], [], Now), m => m.WantPing(key, name)),
                7 => new(tx => OfPings(tx, key, p => !p.Withdraw, p => tx.PingSent(p.Id, message, Now)), m => m.OfPings(key, 1, ping => (ping.State, ping.Message) = (0, message.Value))),
                8 => new(tx => tx.WithdrawPings(key.Subject), m => m.Withdraw(key.Subject)),
                9 => new(tx => OfPings(tx, key, p => p.Withdraw, p => tx.PingDone(p.Id)), m => m.OfPings(key, 2, ping => ping.State = -1)),
                10 => yes
                    ? new(tx => tx.TakeKey(name, id, (ulong)name[0]), m => m.Keys.TryAdd(name, id))
                    : new(tx => tx.FreeKeys(id), m => m.Free(id)),
                _ => new(tx => SaveNext(tx, id), m => m.Versions[id] = m.Versions.GetValueOrDefault(id) + 1),
            };
        }

        /// <summary>The keeper only speaks of cards that it was given.</summary>
        private static void IfWanted(IStoreTx tx, CardKey key, Action change)
        {
            if (tx.StandingOf(key) is not null)
            {
                change();
            }
        }

        private static void OfPings(IStoreTx tx, CardKey key, Func<PingWork, bool> which, Action<PingWork> change)
        {
            foreach (var ping in tx.PingsToDo(key.Room, Now, 50).Where(p => p.Key == key).Where(which))
            {
                change(ping);
            }
        }

        private static void SaveNext(IStoreTx tx, long id)
        {
            var next = Case(id, (tx.CaseOf(id)?.Version ?? 0) + 1);
            tx.SaveCase(next, next.Version == 1 ? Opened(next) : new NobodyClaimed(), Now);
        }
    }

    private sealed class Model
    {
        private readonly Dictionary<CardKey, ModelCard> _cards = [];
        private readonly List<ModelPing> _pings = [];

        public Dictionary<string, long> Keys { get; } = [];
        public Dictionary<long, int> Versions { get; } = [];

        public void Want(CardKey key, int version)
        {
            if (!_cards.TryGetValue(key, out var card))
            {
                _cards[key] = card = new ModelCard();
            }
            if (version > card.Wanted)
            {
                (card.Wanted, card.TryAt) = (version, DateTimeOffset.UnixEpoch);
            }
        }

        public void OfCard(CardKey key, Action<ModelCard> change)
        {
            if (_cards.TryGetValue(key, out var card))
            {
                change(card);
            }
        }

        public void WantPing(CardKey key, string step)
        {
            if (!_pings.Exists(p => p.Key == key && p.Step == step))
            {
                _pings.Add(new ModelPing(key, step));
            }
        }

        public void OfPings(CardKey key, int state, Action<ModelPing> change) =>
            _pings.Where(p => p.Key == key && p.State == state && (state == 2 || MessageOf(key) is not null)).ToList().ForEach(change);

        public void Withdraw(string subject) =>
            _pings.Where(p => p.Key.Subject == subject && p.State is 0 or 1 && p.Key.Subject == subject).ToList().ForEach(p => p.State = p.State == 1 ? -1 : 2);

        public void Free(long id)
        {
            foreach (var key in Keys.Where(k => k.Value == id).Select(k => k.Key).ToList())
            {
                Keys.Remove(key);
            }
        }

        public void Reopened()
        {
            foreach (var card in _cards.Values.Where(c => c.Waits))
            {
                (card.LookFirst, card.TryAt) = (card.LookFirst || card.Message is null, DateTimeOffset.UnixEpoch);
            }
        }

        public string Describe(DateTimeOffset now) => string.Join('\n',
        [
            .. Rooms.Select(room => $"{room}: {string.Join(", ", CardsOf(room).Where(c => c.Value.TryAt <= now).Select(c => $"{c.Key.Subject} {c.Value}").Order(StringComparer.Ordinal))} next {NextTry(room, now):HH:mm}"),
            .. Rooms.Select(room => $"{room} pings: {string.Join(", ", _pings.Where(p => p.Key.Room == room && (p.State == 2 || (p.State == 1 && MessageOf(p.Key) is not null))).Select(p => $"{p.Key.Subject} {room} {p.Step} {p.State == 2} {p.Message}"))}"),
            $"rooms {string.Join(' ', Rooms.Where(room => CardsOf(room).Any() || _pings.Exists(p => p.Key.Room == room && (p.State == 2 || (p.State == 1 && MessageOf(p.Key) is not null)))).Order(StringComparer.Ordinal))}",
            $"keys {string.Join(' ', Change.Keys.Select(key => Keys.TryGetValue(key, out var id) ? id.ToString() : "-"))} hashes {string.Join(' ', Keys.Keys.Select(k => (ulong)k[0]).Order())}",
            $"cases {string.Join(' ', Change.Cases.Select(id => Versions.TryGetValue(id, out var version) ? version.ToString() : "-"))}",
        ]);

        private string? MessageOf(CardKey key) => _cards.GetValueOrDefault(key)?.Message;

        private IEnumerable<KeyValuePair<CardKey, ModelCard>> CardsOf(string room) => _cards.Where(c => c.Key.Room == room && c.Value.Waits);

        private DateTimeOffset? NextTry(string room, DateTimeOffset now)
        {
            var later = CardsOf(room).Select(c => c.Value.TryAt).Where(at => at > now).ToList();
            return later.Count == 0 ? null : later.Min();
        }
    }

    private sealed class ModelCard
    {
        private int _shown;
        private int _gaveUp;
        private int _tries;

        public int Wanted { get; set; }
        public string? Message { get; private set; }
        public bool LookFirst { get; set; }
        public DateTimeOffset TryAt { get; set; }
        public bool Waits => _shown < Wanted && _gaveUp < Wanted;

        public void Show(int version, string message) =>
            (_shown, Message, LookFirst, TryAt, _tries) = (Math.Max(_shown, version), message, false, DateTimeOffset.UnixEpoch, 0);

        public void PutOff(DateTimeOffset until, bool lookFirst) => (TryAt, LookFirst, _tries) = (until, LookFirst || lookFirst, _tries + 1);

        public void Forget() => (Message, _shown, LookFirst) = (null, 0, false);

        public void GiveUp(int version) => (_gaveUp, TryAt, _tries) = (Math.Max(_gaveUp, version), DateTimeOffset.UnixEpoch, 0);

        public override string ToString() => $"{Wanted} {Message} {LookFirst} {_tries}";
    }

    private sealed class ModelPing(CardKey key, string step)
    {
        public CardKey Key { get; } = key;
        public string Step { get; } = step;
        public int State { get; set; } = 1;
        public string? Message { get; set; }
    }
}
