using ListeningBot.BareHouse;

// The rival of the benchmarks `cold` and `failover`: a worker that polls a feed, put together as the guides of its packages show it.
// barehouse FOLDER: alone, by FOLDER/house.yaml.
// barehouse FOLDER POSTGRES [begin]: one of several that share a database; `begin` has the work begin.
await (args switch
{
    [var folder] => House.RunAsync(folder),
    [var folder, var database] => SharedHouse.RunAsync(folder, database, begins: false),
    [var folder, var database, "begin"] => SharedHouse.RunAsync(folder, database, begins: true),
    _ => throw new InvalidOperationException("Usage: barehouse FOLDER [POSTGRES [begin]]"),
});
