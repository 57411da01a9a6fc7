using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ListeningBot.IntegrationTests.EndToEnd
{
    /// <summary>A clock on the wall that is wrong for one process of the real program, and can be set while it runs. Its steady clock and its timers go on as they do when somebody sets a machine's clock.</summary>
    internal sealed class WrongClock : IDisposable
    {
        public const string Variable = "WRONG_CLOCK_FILE";
        private readonly string _file = Path.GetTempFileName();
        private readonly MemoryMappedFile _map;
        private readonly MemoryMappedViewAccessor _ticks;

        /// <param name="ahead">Of the right time; negative: behind.</param>
        public WrongClock(TimeSpan ahead)
        {
            _map = MemoryMappedFile.CreateFromFile(_file, FileMode.Open, mapName: null, sizeof(long));
            _ticks = _map.CreateViewAccessor();
            Ahead = ahead;
        }

        public TimeSpan Ahead
        {
            set => _ticks.Write(0, value.Ticks);
        }

        /// <summary>For a process that is to go by it.</summary>
        public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["DOTNET_STARTUP_HOOKS"] = typeof(WrongClock).Assembly.Location, [Variable] = _file };

        public void Dispose()
        {
            _ticks.Dispose();
            _map.Dispose();
            File.Delete(_file);
        }
    }

    /// <summary>In the program's process: reads from the file how wrong the clock is.</summary>
    internal sealed class ReadWrongClock : TimeProvider
    {
        private readonly MemoryMappedViewAccessor _ticks;

        public ReadWrongClock(string file) => _ticks = MemoryMappedFile.CreateFromFile(file, FileMode.Open).CreateViewAccessor();

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(_ticks.ReadInt64(0));
    }
}

/// <summary>.NET calls this in the program's process before its first line, by DOTNET_STARTUP_HOOKS; the name is .NET's. All that asks <see cref="TimeProvider.System"/> goes by the wrong clock; or SIGUSR1 meets a fault that nobody catches, SIGUSR2 ends it at once.</summary>
#pragma warning disable CA1050, MA0047 // .NET looks for it outside of namespaces
internal static class StartupHook
{
    public const string Crashes = "CRASHES_BY_SIGNAL";
    private const int Usr1 = 10;
    private const int Usr2 = 12;
    private static PosixSignalRegistration[] s_crashes = [];

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(ListeningBot.IntegrationTests.EndToEnd.WrongClock.Variable) is { } file)
        {
            SystemClock(null) = new ListeningBot.IntegrationTests.EndToEnd.ReadWrongClock(file);
        }
        if (Environment.GetEnvironmentVariable(Crashes) is not null)
        {
            s_crashes =
            [
                PosixSignalRegistration.Create((PosixSignal)Usr1, _ => throw new InvalidOperationException("a fault that nobody catches")),
                PosixSignalRegistration.Create((PosixSignal)Usr2, _ => Environment.FailFast("a fault that nobody could catch")),
            ];
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "<System>k__BackingField")]
    private static extern ref TimeProvider SystemClock(TimeProvider? of);
}
