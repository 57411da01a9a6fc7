using System.Text;
using ListeningBot.Core.Text;
using Spectre.Console;

namespace ListeningBot.Cli;

/// <summary>A titled table: framed on a terminal, aligned plain text in a pipe.</summary>
internal sealed record CheckVerbSheet(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    public void WriteTo(IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in Columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)));
        }
        foreach (var row in Rows)
        {
            table.AddRow([.. row.Select(cell => new Text(Plain(cell)))]);
        }
        console.WriteLine(Plain(Title), new Style(decoration: Decoration.Bold));
        console.Write(table);
    }

    public void WriteTo(TextWriter writer)
    {
        writer.WriteLine(Plain(Title));
        int[] widths = [.. Columns.Select((column, i) => Rows.Select(row => Plain(row[i]).Length).Append(column.Length).Max())];
        foreach (var row in Rows.Prepend(Columns))
        {
            var line = new StringBuilder("  ");
            for (var i = 0; i < row.Count; i++)
            {
                line.Append(Plain(row[i]).PadRight(widths[i] + 2));
            }
            writer.WriteLine(line.ToString().TrimEnd());
        }
        writer.WriteLine();
    }

    /// <summary>One line, nothing that moves the cursor.</summary>
    public static string Plain(string text) => OnTerminal.Line(text);
}
