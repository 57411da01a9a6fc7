using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/ListeningBot.Benchmarks -- --filter '*Matching*' --job short
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
