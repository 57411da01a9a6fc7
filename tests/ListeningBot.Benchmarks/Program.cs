using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/ListeningBot.Benchmarks -- --filter '*Matching*' --job short
BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly()).Run(args);
