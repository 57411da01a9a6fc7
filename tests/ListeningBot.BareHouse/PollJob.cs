using System.Xml;
using System.Xml.Linq;
using Quartz;

namespace ListeningBot.BareHouse;

/// <summary>Asks the feed and keeps what names one of the words.</summary>
[DisallowConcurrentExecution]
internal sealed class PollJob(IHttpClientFactory clients, Plan plan, FoundPosts found) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        using var client = clients.CreateClient();
        await using var answer = await client.GetStreamAsync(new Uri(plan.Feed), cancellationToken);
        using var reader = XmlReader.Create(answer, new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit });
        var feed = await XDocument.LoadAsync(reader, LoadOptions.None, cancellationToken);
        foreach (var item in feed.Descendants("item"))
        {
            var text = $"{item.Element("title")?.Value} {item.Element("description")?.Value}";
            if (plan.Finds(text))
            {
                found.Add(item.Element("guid")?.Value ?? item.Element("link")?.Value ?? text, text);
            }
        }
    }
}
