using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/ListeningBot.Benchmarks -- --filter '*Matching*' --job short --inProcess
// In this process, because a project generated beside it does not get the framework reference and fails to restore.
BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly()).Run(args);
