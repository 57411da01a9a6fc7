using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace ListeningBot.BareHouse;

/// <summary>Alone: Kestrel with a health endpoint, Quartz in memory, SQLite, YAML, a client from the factory.</summary>
internal static class House
{
    public static async Task RunAsync(string folder)
    {
        var plan = Plan.Read(folder);
        using var found = new FoundPosts(folder);
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Services.AddHttpClient();
        builder.Services.AddHealthChecks();
        builder.Services.AddSingleton(plan);
        builder.Services.AddSingleton(found);
        builder.Services.AddQuartz(quartz =>
        {
            quartz.AddJob<PollJob>(job => job.WithIdentity("poll"));
            quartz.AddTrigger(trigger => trigger.ForJob("poll").StartNow().WithSimpleSchedule(s => s.WithInterval(TimeSpan.FromSeconds(plan.Every)).RepeatForever()));
        });
        builder.Services.AddQuartzHostedService();
        await using var house = builder.Build();
        house.MapHealthChecks("/healthz");
        await house.RunAsync();
    }
}
