namespace ListeningBot.Core.Scoring;

/// <summary>What stands between words: ends of sentences and clauses, quotes, faces, money signs, and markup, which is none of these.</summary>
internal ref partial struct PieceReader
{
    private void Marks(int start, ReadOnlySpan<byte> marks)
    {
        for (var at = marks.IndexOfAny((byte)'<', (byte)'&'); at >= 0; at = Next(marks, at))
        {
            if (!SkipMarkup(start + at))
            {
                continue;
            }
            if (at > 0)
            {
                Marks(start, marks[..at]);
            }
            if (_words < start + marks.Length)
            {
                Marks(_words, marks[(_words - start)..]);
            }
            return;
        }
        if (Face(marks) is { IsEmpty: false } face)
        {
            _pieces.AddFolded(PieceKind.Emoji, start, marks.Length, face);
            return;
        }
        _eyes = marks is [(byte)':'] or [(byte)':', (byte)'-'];
        _dollar = marks[^1] == '$' || marks.EndsWith("£"u8) || marks.EndsWith("€"u8);
        if (_dollar && _pieces.Count > 0 && _pieces[_pieces.Count - 1] is { Kind: PieceKind.Number } before && before.End == start)
        {
            _pieces[_pieces.Count - 1].Kind = PieceKind.Price;
            _dollar = false;
        }
        if (marks[0] == '%' || (marks[0] == '*' && start == _end && start > 0 && !ClosesEmphasis(start, marks)))
        {
            _pieces.AddFolded(PieceKind.Word, start, marks.Length, marks[..1]);
        }
        OpenEmphasis(start, marks);
        Ends(start, marks);
    }

    private static int Next(ReadOnlySpan<byte> marks, int at) => marks[(at + 1)..].IndexOfAny((byte)'<', (byte)'&') is >= 0 and var next ? at + 1 + next : -1;

    private bool SkipMarkup(int at)
    {
        var breaks = false;
        var end = _text[at] == '<' ? Markup.EndOfTag(_text, at, out breaks) : Markup.EndOfEntity(_text, at);
        _words = Math.Max(_words, end);
        if (breaks && end > 0 && _pieces.Count > 0 && _pieces[_pieces.Count - 1].Kind != PieceKind.End)
        {
            _pieces.Add(PieceKind.End, at, 1);
        }
        return end > 0;
    }

    /// <summary>"*never*" stresses a word, "f***" hides one.</summary>
    private bool ClosesEmphasis(int start, ReadOnlySpan<byte> marks)
    {
        var stars = marks.IndexOfAnyExcept((byte)'*') is >= 0 and var other ? other : marks.Length;
        var after = start + stars;
        var closes = stars == _stars && (after == _text.Length || !char.IsAsciiLetterOrDigit((char)_text[after]));
        _stars = closes ? 0 : _stars;
        return closes;
    }

    /// <summary>Stars that stand before a word and after none.</summary>
    private void OpenEmphasis(int start, ReadOnlySpan<byte> marks)
    {
        var stars = marks.Length - 1 - marks.LastIndexOfAnyExcept((byte)'*');
        var after = start + marks.Length;
        if (stars > 0 && (start > _end || start == 0 || stars < marks.Length) && after < _text.Length && _text[after] > ' ')
        {
            _stars = stars;
        }
    }

    private readonly void Ends(int start, ReadOnlySpan<byte> marks)
    {
        var exclamations = marks.Count((byte)'!');
        var questions = marks.Count((byte)'?');
        var dots = marks.Count((byte)'.') + (marks.IndexOf("…"u8) >= 0 ? 2 : 0);
        if (exclamations + questions + dots > 0 || marks.IndexOf("。"u8) >= 0 || marks.IndexOf("！"u8) >= 0 || marks.IndexOf("？"u8) >= 0)
        {
            _pieces.CountMarks(exclamations, questions, dots);
            _pieces.Add(PieceKind.End, start, marks.Length);
        }
        else if (marks.ContainsAny(",;:()[]"u8) || marks.IndexOf("–"u8) >= 0 || marks.IndexOf("—"u8) >= 0)
        {
            _pieces.Add(PieceKind.Comma, start, marks.Length);
        }
        if (marks.Contains((byte)'"') || marks.IndexOf("“"u8) >= 0 || marks.IndexOf("”"u8) >= 0 || marks.IndexOf("«"u8) >= 0 || marks.IndexOf("»"u8) >= 0)
        {
            _pieces.Add(PieceKind.Quote, start, marks.Length);
        }
        SingleQuotes(start, marks);
    }

    private readonly void SingleQuotes(int start, ReadOnlySpan<byte> marks)
    {
        if (marks.Contains((byte)'\'') || marks.IndexOf("‘"u8) >= 0 || marks.IndexOf("’"u8) >= 0 || marks.IndexOf("‚"u8) >= 0)
        {
            _pieces.Add(PieceKind.SingleQuote, start, marks.Length);
        }
    }

    private static ReadOnlySpan<byte> Face(ReadOnlySpan<byte> marks)
    {
        if (marks.Length is < 2 or > 5 || marks[0] is not ((byte)':' or (byte)';' or (byte)'='))
        {
            return default;
        }
        return marks[marks[1] == '-' && marks.Length > 2 ? 2 : 1] switch
        {
            (byte)')' => ":)"u8,
            (byte)'(' => ":("u8,
            (byte)'/' or (byte)'\\' => ":/"u8,
            _ => default,
        };
    }
}
