using BenchmarkDotNet.Running;
using ListeningBot.Benchmarks.Load;
using ListeningBot.Benchmarks.Trying;

// dotnet run -c Release --project tests/ListeningBot.Benchmarks -- --filter '*Matching*' --job short --inProcess
// In this process, because a project generated beside it does not get the framework reference and fails to restore.
// dotnet run -c Release --project tests/ListeningBot.Benchmarks -- load 30
if (args is ["load", ..])
{
    await FlowLoad.RunAsync(TimeSpan.FromSeconds(args.Length > 1 ? int.Parse(args[1]) : 30));
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
else
{
    BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly()).Run(args);
}
