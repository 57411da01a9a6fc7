using ListeningBot.Net;
using ListeningBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Quartz;

namespace ListeningBot.Hosting.Cluster;

/// <summary>One Quartz scheduler for all machines that share a database, in tables of its own there: each job is woken on one of them, and on another when that one dies.</summary>
internal static class SharedScheduler
{
    public const string Name = "ListeningBot";

    /// <summary>A machine that has not checked in for this long, and for the grace that Quartz adds, is taken for dead.</summary>
    private static readonly TimeSpan CheckedIn = TimeSpan.FromSeconds(5);

    /// <param name="clock">Right by the database from the start: the other machines would believe a sign of life from tomorrow, though this one died.</param>
    public static void Add(IHostApplicationBuilder builder, string connection, SteadyClock clock, Action<IQuartzBuilder> jobs)
    {
        builder.Services.AddSingleton(services => new SharedClock(clock, services.GetRequiredService<LeaseKeeper>()));
        builder.AddQuartz(Name, quartz =>
        {
            quartz.UseTimeProvider(clock);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(NpgsqlFactory.Instance, ConnectTo(connection));
                store.UseSystemTextJsonSerializer();
                store.UseClustering(cluster => cluster.CheckinInterval = CheckedIn);
                store.ConfigureStore(options =>
                {
                    options.SchemaProvisioning = SchemaProvisioning.CreateIfMissing;
                    options.StoreJobDataAsStrings = true;
                    options.CommandTimeout = TimeSpan.FromSeconds(10);
                    options.DbRetryInterval = TimeSpan.FromSeconds(2);
                });
            });
            jobs(quartz);
        });
    }

    /// <summary>A small pool; a session that was cut off holds Quartz's locks no longer than the server bears with it.</summary>
    private static string ConnectTo(string connection)
    {
        var given = new NpgsqlConnectionStringBuilder(new SharedDatabase(connection).Text);
        var place = new NpgsqlConnectionStringBuilder(given.ConnectionString)
        {
            MaxPoolSize = 5,

            // The pool asks one host after the other, also for a session that it has: a silent one must not cost it each time.
            Timeout = PostgresPlace.IsOneOfSeveral(given) ? 2 : 5,
            HostRecheckSeconds = 10,
            CommandTimeout = 10,
            ApplicationName = "ListeningBot scheduler",
        };
        place.Options = $"{place.Options} -c statement_timeout=10000 -c idle_in_transaction_session_timeout=4000 -c tcp_user_timeout=5000".Trim();
        return place.ConnectionString;
    }
}
