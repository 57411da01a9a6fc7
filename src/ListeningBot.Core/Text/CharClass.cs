namespace ListeningBot.Core.Text;

/// <summary>What one character does in a text. The numbers are those in Tables/generate.py.</summary>
internal enum CharClass : byte
{
    /// <summary>Punctuation, symbols, invalid bytes: ends a word.</summary>
    Other,
    Space,
    Latin,
    Cyrillic,
    Greek,

    /// <summary>A letter of another script with words, and the underscore.</summary>
    Letter,
    Digit,

    /// <summary>A mark that is part of the spelling: goes on with the word before it.</summary>
    Mark,

    /// <summary>Accents, invisible characters, skin tones: not in the folded form.</summary>
    Dropped,

    /// <summary>A letter of writing without spaces (Han, kana, Hangul, Thai...).</summary>
    Single,
    Emoji,
    Apostrophe,
}
