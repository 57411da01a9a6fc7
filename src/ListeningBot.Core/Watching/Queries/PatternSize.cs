using System.Globalization;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>How large a regular expression gets when "{2,5}" and its like are written out. A good guess for right ones, and an end for all.</summary>
internal static class PatternSize
{
    public static long Of(string regex)
    {
        var (groups, size, last) = (new Stack<long>(), 0L, 0L);
        for (var i = 0; i < regex.Length; i++)
        {
            switch (regex[i])
            {
                case '(':
                    groups.Push(size);
                    (size, last) = (0, 0);
                    break;
                case ')' when groups.Count > 0:
                    last = size;
                    size += groups.Pop();
                    break;
                case '{' when Times(regex, i) is { } times:
                    var more = Math.Min(int.MaxValue, last * (times - 1));
                    (size, last) = (Math.Min(int.MaxValue, size + more), Math.Min(int.MaxValue, last + more));
                    i = regex.IndexOf('}', i);
                    break;
                default:
                    i = EndOfOne(regex, i);
                    size++;
                    last = 1;
                    break;
            }
        }
        return groups.Aggregate(size, (sum, outer) => sum + outer);
    }

    /// <summary>The last character of what stands for one: an escape, a class in brackets, a character.</summary>
    private static int EndOfOne(string regex, int at)
    {
        if (regex[at] == '\\' && at + 1 < regex.Length)
        {
            return regex[at + 1] is 'p' or 'P' && regex.IndexOf('}', at) is > 0 and var end ? end : at + 1;
        }
        if (regex[at] != '[')
        {
            return at;
        }
        for (var i = at + 2; i < regex.Length; i++)
        {
            if (regex[i] == ']')
            {
                return i;
            }
            i += regex[i] == '\\' ? 1 : 0;
        }
        return at;
    }

    /// <summary>The larger number of "{2,5}", the smaller of "{2,}"; null for what counts nothing.</summary>
    private static long? Times(string regex, int at)
    {
        var end = regex.IndexOf('}', at);
        var numbers = end < 0 ? [] : regex[(at + 1)..end].Split(',');
        var count = numbers is [var one] ? one : numbers is [var least, ""] ? least : numbers is [_, var most] ? most : "";
        return count.Length > 0 && count.All(char.IsAsciiDigit) ? count.Length > 6 ? 1_000_000 : Math.Max(1, long.Parse(count, NumberStyles.None, CultureInfo.InvariantCulture)) : null;
    }
}
