using BenchmarkDotNet.Running;
using ListeningBot.Benchmarks.Load;
using ListeningBot.Benchmarks.Trying;

// dotnet run -c Release --project tests/ListeningBot.Benchmarks -- --filter '*Matching*' --job short --inProcess
// In this process, because a project generated beside it does not get the framework reference and fails to restore.
// dotnet run -c Release --project tests/ListeningBot.Benchmarks -- load 30 1000 10: seconds, mentions a second, rooms
if (args is ["load", ..])
{
    var schedule = new Schedule(TimeSpan.FromSeconds(args.Length > 1 ? int.Parse(args[1]) : 30), args.Length > 2 ? int.Parse(args[2]) : 200, args.Length > 3 ? int.Parse(args[3]) : 1);
    await new FlowLoad(schedule).RunAsync();
    await new UsualFlow(schedule).RunAsync();
}
else if (args is ["backtest", ..])
{
    // dotnet run -c Release --project tests/ListeningBot.Benchmarks -- backtest 1000000
    await BacktestLoad.RunAsync(args.Length > 1 ? int.Parse(args[1]) : 1_000_000);
}
else if (args is ["guard", ..])
{
    // dotnet run -c Release --project tests/ListeningBot.Benchmarks -- guard 60000
    await GuardLoad.RunAsync(args.Length > 1 ? int.Parse(args[1]) : 60_000);
}
else if (args is ["cold", ..])
{
    // dotnet run -c Release --project tests/ListeningBot.Benchmarks -- cold 15 [PROGRAM [BAREHOUSE]]: starts of each
    await ColdStart.RunAsync(args.Length > 1 ? int.Parse(args[1]) : 15, args.Skip(2).ToList());
}
else if (args is ["failover", ..])
{
    // LISTENINGBOT_BENCH_POSTGRES="Host=..." dotnet run -c Release --project tests/ListeningBot.Benchmarks -- failover 10 [PROGRAM [BAREHOUSE]]: kills of each
    await FailOver.RunAsync(args.Length > 1 ? int.Parse(args[1]) : 10, args.Skip(2).ToList());
}
else
{
    BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly()).Run(args);
}
