using ListeningBot.Configuration;

namespace ListeningBot.Cli;

/// <summary>Why no channel is heard where no file has an error, with the cure.</summary>
internal static class NothingToHear
{
    public static string Of(SourceTexts texts) => texts.File(Sources.AppSettings) is null
        ? $"There is no {texts.Shown(Sources.AppSettings)}, so there is nothing to listen on. Copy appsettings.example.json there and switch a channel on (\"Enabled\": true), or name the folder of yours by --config; `run --demo` shows the demo."
        : $"No channel is enabled in {texts.Shown(Sources.AppSettings)}, so there is nothing to listen on. Switch one on there (\"Enabled\": true); `run --demo` shows the demo.";
}
