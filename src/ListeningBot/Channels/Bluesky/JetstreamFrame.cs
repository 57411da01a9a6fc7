using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ListeningBot.Channels.Bluesky;

/// <summary>
/// Where in a frame the interesting strings stand: one walk over the JSON, no allocation. Pieces are raw, between the quotes; an absent
/// string, or a value of the wrong type, is an empty piece. Shape: the Jetstream documentation, legacy JSON payload of `/subscribe`.
/// </summary>
internal ref struct JetstreamFrame
{
    public const int MostExtras = 8;
    public const int MostLinks = MostExtras;

    private Utf8JsonReader _json;

    public Piece Did;
    public Piece Kind;
    public long TimeUs;

    public Piece Operation;
    public Piece Collection;
    public Piece Rkey;
    public bool HasRecord;

    public Piece Text;
    public Piece CreatedAt;
    public Piece Lang;
    public Piece ParentUri;
    public Piece RootUri;

    /// <summary>Titles of linked pages and descriptions of pictures: read as part of the post.</summary>
    public Pieces Extras;
    public int ExtraCount;

    /// <summary>What its text links, in full (the app cuts the address in the text short), the page whose card it shows, and the post that it quotes.</summary>
    public Pieces Links;
    public int LinkCount;

    public Piece AccountStatus;
    public bool AccountInactive;

    [InlineArray(MostExtras)]
    public struct Pieces
    {
        private Piece _first;
    }

    /// <summary>Throws <see cref="JsonException"/> when the frame is not one whole JSON value; false when it is no object.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out JetstreamFrame frame)
    {
        frame = default;
        frame._json = new Utf8JsonReader(bytes);
        return frame.ReadEvent();
    }

    private bool ReadEvent()
    {
        if (!EnterObject())
        {
            ReadToTheEnd();
            return false;
        }
        while (NextKey())
        {
            var key = _json.ValueSpan;
            if (key.SequenceEqual("did"u8))
            {
                Did = String();
            }
            else if (key.SequenceEqual("time_us"u8))
            {
                TimeUs = Long();
            }
            else if (key.SequenceEqual("kind"u8))
            {
                Kind = String();
            }
            else if (key.SequenceEqual("commit"u8))
            {
                ReadCommit();
            }
            else if (key.SequenceEqual("account"u8))
            {
                ReadAccount();
            }
            else
            {
                _json.Skip();
            }
        }
        ReadToTheEnd();
        return true;
    }

    private void ReadCommit()
    {
        if (!EnterObject())
        {
            return;
        }
        while (NextKey())
        {
            var key = _json.ValueSpan;
            if (key.SequenceEqual("operation"u8))
            {
                Operation = String();
            }
            else if (key.SequenceEqual("collection"u8))
            {
                Collection = String();
            }
            else if (key.SequenceEqual("rkey"u8))
            {
                Rkey = String();
            }
            else if (key.SequenceEqual("record"u8))
            {
                ReadRecord();
            }
            else
            {
                _json.Skip();
            }
        }
    }

    private void ReadRecord()
    {
        if (!EnterObject())
        {
            return;
        }
        HasRecord = true;
        while (NextKey())
        {
            var key = _json.ValueSpan;
            if (key.SequenceEqual("text"u8))
            {
                Text = String();
            }
            else if (key.SequenceEqual("createdAt"u8))
            {
                CreatedAt = String();
            }
            else if (key.SequenceEqual("langs"u8))
            {
                ReadLangs();
            }
            else if (key.SequenceEqual("reply"u8))
            {
                ReadReply();
            }
            else if (key.SequenceEqual("embed"u8))
            {
                ReadParts(withWords: true);
            }
            else if (key.SequenceEqual("facets"u8))
            {
                ReadParts(withWords: false);
            }
            else
            {
                _json.Skip();
            }
        }
    }

    private void ReadLangs()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            _json.Skip();
            return;
        }
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType == JsonTokenType.String && Lang.Length == 0)
            {
                Lang = Here();
            }
            _json.Skip();
        }
    }

    private void ReadReply()
    {
        if (!EnterObject())
        {
            return;
        }
        while (NextKey())
        {
            if (_json.ValueSpan.SequenceEqual("parent"u8))
            {
                ParentUri = UriOf();
            }
            else if (_json.ValueSpan.SequenceEqual("root"u8))
            {
                RootUri = UriOf();
            }
            else
            {
                _json.Skip();
            }
        }
    }

    private Piece UriOf()
    {
        var uri = default(Piece);
        if (EnterObject())
        {
            while (NextKey())
            {
                if (_json.ValueSpan.SequenceEqual("uri"u8))
                {
                    uri = String();
                }
                else
                {
                    _json.Skip();
                }
            }
        }
        return uri;
    }

    /// <summary>
    /// Of an embed and of the facets of a text, which stand at different depths by their kind: external links have a "title", pictures and videos an "alt"; links and what is quoted have a
    /// "uri", and nothing else has one that can be opened.
    /// </summary>
    private void ReadParts(bool withWords)
    {
        _json.Read();
        var depth = _json.CurrentDepth;
        if (_json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }
        while (_json.Read() && _json.CurrentDepth > depth)
        {
            if (_json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }
            if (withWords && (_json.ValueSpan.SequenceEqual("title"u8) || _json.ValueSpan.SequenceEqual("alt"u8)))
            {
                Keep(ref Extras, ref ExtraCount);
            }
            else if (_json.ValueSpan.SequenceEqual("uri"u8))
            {
                Keep(ref Links, ref LinkCount);
            }
        }
    }

    private void Keep(ref Pieces pieces, ref int count)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.String && _json.ValueSpan.Length > 0 && count < MostExtras)
        {
            pieces[count++] = Here();
        }
    }

    private void ReadAccount()
    {
        if (!EnterObject())
        {
            return;
        }
        while (NextKey())
        {
            if (_json.ValueSpan.SequenceEqual("status"u8))
            {
                AccountStatus = String();
            }
            else if (_json.ValueSpan.SequenceEqual("active"u8))
            {
                _json.Read();
                AccountInactive = _json.TokenType == JsonTokenType.False;
                _json.Skip();
            }
            else
            {
                _json.Skip();
            }
        }
    }

    private bool EnterObject()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }
        _json.Skip();
        return false;
    }

    private bool NextKey() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName;

    private Piece String()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.String)
        {
            return Here();
        }
        _json.Skip();
        return default;
    }

    private long Long()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var value))
        {
            return value;
        }
        _json.Skip();
        return 0;
    }

    private readonly Piece Here() => new((int)_json.TokenStartIndex + 1, _json.ValueSpan.Length);

    private void ReadToTheEnd()
    {
        while (_json.Read())
        {
            // What follows the value would be garbage: the reader throws.
        }
    }
}
