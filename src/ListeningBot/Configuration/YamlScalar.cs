using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ListeningBot.Configuration;

/// <summary>A scalar as it stands in a file, however it was quoted or folded: tells where each character of its value was written.</summary>
internal sealed class YamlScalar(Place place, string file, Scalar scalar)
{
    private int[]? _offsets;

    /// <summary>True when the rest of its line became a comment that was hardly meant as one: "nimbus #down".</summary>
    public bool LosesHashtag
    {
        get
        {
            var rest = file.AsSpan((int)Math.Min(scalar.End.Index, file.Length));
            var after = rest.TrimStart(' ');
            return scalar.Style == ScalarStyle.Plain && (after.Length < rest.Length || scalar.Value.Length == 0) && after.Length > 1 && after[0] == '#' && char.IsLetterOrDigit(after[1]);
        }
    }

    /// <param name="character">Of the value; beyond its end, the end.</param>
    public Place PlaceOf(int character)
    {
        _offsets ??= Offsets();
        if (_offsets.Length == 0)
        {
            return place;
        }
        var offset = _offsets[Math.Clamp(character, 0, _offsets.Length - 1)];
        var passed = file.AsSpan((int)scalar.Start.Index, offset - (int)scalar.Start.Index);
        var lineEnd = passed.LastIndexOf('\n');
        return lineEnd < 0
            ? place with { Column = place.Column + passed.Length }
            : place with { Line = place.Line + passed.Count('\n'), Column = passed.Length - lineEnd };
    }

    /// <summary>Of each character of the value and of its end; empty when the two can't be brought together.</summary>
    private int[] Offsets()
    {
        var (start, end) = ((int)scalar.Start.Index, (int)Math.Min(scalar.End.Index, file.Length));
        return scalar.Style switch
        {
            ScalarStyle.Literal or ScalarStyle.Folded => new YamlBlockOffsets(file, start, scalar.Value).Find(),
            ScalarStyle.SingleQuoted => new YamlFlowOffsets(file, start + 1, end - 1, scalar.Value, '\'').Find(),
            ScalarStyle.DoubleQuoted => new YamlFlowOffsets(file, start + 1, end - 1, scalar.Value, '"').Find(),
            _ => new YamlFlowOffsets(file, start, end, scalar.Value, '\0').Find(),
        };
    }
}
