using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>Names before a colon.</summary>
internal sealed partial class QueryLexer
{
    /// <summary>What stands before the colon that was just read; null when it is part of a word: "10:30", "https://...".</summary>
    private string? FieldName(int start)
    {
        var name = QuerySigns.Plain(_text[start..(_at - 1)]);
        var named = name.Length > 0 && char.IsLetter(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-') && name != "NEAR";
        name = name.ToLowerInvariant();
        return named && (QueryFields.IsField(name) || Ahead(0) != '/' || Ahead(1) != '/') ? name : null;
    }

    private void Field(int start, string name)
    {
        var colon = _at;
        SkipBlanks();
        var value = Value();
        if (value.Mark == QueryMark.Broken)
        {
            _tokens.Add(value);
            return;
        }
        if (value.Text.Length == 0 || (value.Mark == QueryMark.Word && value.Text is "AND" or "OR" or "NOT"))
        {
            _at = colon;
        }
        var field = new QueryToken(QueryMark.Field, Since(start), name) { Value = _at == colon ? "" : value.Text, ValueAt = value.At };
        if (QueryFields.IsField(name))
        {
            _tokens.Add(field);
        }
        else
        {
            var text = string.Join(' ', _text[start.._at].Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).Trim('"');
            var right = QueryFields.Meant(name) is { } meant ? $"Did you mean {meant}:? " : "";
            Broken(Since(start), $"has the unknown field {Quoted.Of(name + ":")}", $"{right}To find the text itself put it in quotes: {Quoted.Of(text)}.");
        }
    }

    private QueryToken Value()
    {
        var start = _at;
        if (_at == _text.Length || !QuerySigns.IsQuote(_text[_at]))
        {
            SkipWord();
            return new QueryToken(QueryMark.Word, Since(start), _text[start.._at]);
        }
        if (ReadQuoted() is { } inside)
        {
            return new QueryToken(QueryMark.Phrase, Since(start), inside);
        }
        Unclosed(start);
        _tokens.RemoveAt(_tokens.Count - 1);
        return new QueryToken(QueryMark.Broken, Since(start));
    }
}
