using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;

namespace ListeningBot.BareHouse;

/// <summary>One of several on one PostgreSQL: Quartz's own clustering, with its default times, lets the work go on elsewhere when whoever does it is dead.</summary>
internal static class SharedHouse
{
    /// <param name="begins">The others find the work in the database.</param>
    public static async Task RunAsync(string folder, string database, bool begins)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning);
        builder.Services.AddSingleton(Plan.Read(folder));
        builder.Services.AddSingleton<HttpClient>();
        builder.Services.AddQuartz(quartz =>
        {
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(NpgsqlFactory.Instance, database);
                store.UseSystemTextJsonSerializer();
                store.UseClustering();
                store.ConfigureStore(options => options.SchemaProvisioning = SchemaProvisioning.CreateIfMissing);
            });
            if (begins)
            {
                quartz.AddJob<ListenJob>(job => job.WithIdentity("listen").StoreDurably().RequestRecovery());
                quartz.AddTrigger(trigger => trigger.WithIdentity("once").ForJob("listen").StartNow());
            }
        });
        builder.Services.AddQuartzHostedService();
        using var house = builder.Build();
        await house.RunAsync();
    }
}
