using System.Buffers;
using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Cli;

/// <summary>`score`: JSON lines in, one line out for each, in order, blank and broken ones too.</summary>
internal static class ScoreVerb
{
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var verb = new Command("score", "Score JSON lines {\"id\",\"text\"} from stdin: complaint, sentiment, urgency, priority, aspect and why; one line out for each, in order");
        verb.SetAction(async (_, ct) =>
        {
            await using var input = Console.OpenStandardInput();
            await using var output = Console.OpenStandardOutput();
            return await RunAsync(input, output, Console.Error, ct);
        });
        return verb;
    }

    /// <summary>Exit code 1 when some line could not be scored.</summary>
    public static async Task<int> RunAsync(Stream input, Stream output, TextWriter messages, CancellationToken ct)
    {
        var scorer = new Scorer();
        var lines = new ScoreVerbLines(input);
        var waiting = new ArrayBufferWriter<byte>(64 * 1024);
        var wrong = 0;
        while (await lines.ReadAsync(ct))
        {
            wrong += Score(scorer, lines, waiting) ? 0 : 1;
            if (waiting.WrittenCount > 32 * 1024 || !lines.HasMore)
            {
                await output.WriteAsync(waiting.WrittenMemory, ct);
                await output.FlushAsync(ct);
                waiting.ResetWrittenCount();
            }
        }
        if (wrong > 0)
        {
            await messages.WriteLineAsync($"{wrong} of {lines.Number} lines could not be scored; each has its \"error\" in the output.");
        }
        return wrong == 0 ? Exit.Done : Exit.BadInput;
    }

    private static bool Score(Scorer scorer, ScoreVerbLines lines, ArrayBufferWriter<byte> into)
    {
        var input = lines.TooLong ? ScoreVerbInput.Wrong($"the line is longer than {ScoreVerbLines.MostBytes} bytes; shorten its text") : ScoreVerbInput.Parse(lines.Line);
        using (var json = new Utf8JsonWriter(into, s_writing))
        {
            json.WriteStartObject();
            json.WritePropertyName("id");
            if (input.Id is { } id)
            {
                id.WriteTo(json);
            }
            else
            {
                json.WriteNullValue();
            }
            if (input.Error is { } error)
            {
                json.WriteString("error", $"line {lines.Number}: {error}");
            }
            else
            {
                Write(json, scorer.Assess(input.Text, input.Evidence));
            }
            json.WriteEndObject();
        }
        into.Write("\n"u8);
        return input.Error is null;
    }

    private static void Write(Utf8JsonWriter json, Assessment assessment)
    {
        json.WriteNumber("complaint", assessment.Complaint);
        json.WriteBoolean("isComplaint", assessment.IsComplaint);
        json.WriteNumber("sentiment", assessment.Sentiment);
        json.WriteString("sentimentLabel", assessment.SentimentLabel);
        json.WriteNumber("urgency", assessment.Urgency);
        json.WriteString("priority", assessment.Priority.ToString().ToLowerInvariant());
        json.WriteString("aspect", assessment.Aspect);
        json.WriteString("lang", assessment.Lang);
        json.WriteStartArray("reasons");
        Write(json, assessment.Reasons);
        json.WriteEndArray();
        json.WriteNumber("severity", assessment.Severity ?? 0);
        json.WriteBoolean("uncertain", assessment.Uncertain is not null);
        json.WriteStartArray("priorityReasons");
        Write(json, assessment.PriorityReasons);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Reason> reasons)
    {
        foreach (var reason in reasons)
        {
            json.WriteStartObject();
            json.WriteString("name", reason.Name);
            json.WriteNumber("weight", reason.Weight);
            json.WriteString("text", reason.Text);
            json.WriteString("side", reason.Side.ToString().ToLowerInvariant());
            if (reason.Words is { } words)
            {
                json.WriteString("words", words);
            }
            json.WriteEndObject();
        }
    }
}
