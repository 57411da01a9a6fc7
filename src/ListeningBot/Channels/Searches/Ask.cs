namespace ListeningBot.Channels.Searches;

/// <summary>What a service is asked for, in operators of its own: never for less than a watch wants, for more where the service can't say it.</summary>
internal abstract record Ask
{
    /// <summary>True of every post: what the service can't say.</summary>
    public static readonly Ask Anything = new Constant(true);

    /// <summary>True of none.</summary>
    public static readonly Ask Nothing = new Constant(false);

    /// <summary>Whether it may be asked alone: whatever it finds has a word, a tag or a name that it names.</summary>
    public abstract bool IsSearchable { get; }

    /// <summary>False when it only rules out: services take no OR with such a part.</summary>
    public abstract bool IsPositive { get; }

    public static Ask AllOf(params IEnumerable<Ask> parts)
    {
        var all = Flat<All>(parts, all => all.Parts, but: Anything);
        return all.Contains(Nothing) ? Nothing : all.Count switch { 0 => Anything, 1 => all[0], _ => new All(all) };
    }

    public static Ask AnyOf(params IEnumerable<Ask> parts)
    {
        var any = Flat<Any>(parts, any => any.Parts, but: Nothing);
        return any.TrueForAll(part => part.IsPositive) ? any.Count switch { 0 => Nothing, 1 => any[0], _ => new Any(any) } : Anything;
    }

    private static List<Ask> Flat<T>(IEnumerable<Ask> parts, Func<T, IReadOnlyList<Ask>> of, Ask but)
        where T : Ask
    {
        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. parts.SelectMany(part => part is T flat ? of(flat) : [part]).Where(part => part != but && (part is not One one || named.Add(one.Text)))];
    }

    /// <summary>One operator, as the service reads it.</summary>
    public sealed record One(string Text, AskSort Sort = AskSort.Word) : Ask
    {
        public override bool IsSearchable => Sort == AskSort.Word;
        public override bool IsPositive => Sort != AskSort.Without;
    }

    public sealed record All(IReadOnlyList<Ask> Parts) : Ask
    {
        public override bool IsSearchable => Parts.Any(part => part.IsSearchable);
        public override bool IsPositive => Parts.Any(part => part.IsPositive);
    }

    public sealed record Any(IReadOnlyList<Ask> Parts) : Ask
    {
        public override bool IsSearchable => Parts.All(part => part.IsSearchable);
        public override bool IsPositive => true;
    }

    private sealed record Constant(bool IsTrue) : Ask
    {
        public override bool IsSearchable => !IsTrue;

        /// <summary>Anything spoils an OR as what rules out does: all of it is anything.</summary>
        public override bool IsPositive => !IsTrue;
    }
}

internal enum AskSort
{
    /// <summary>May stand alone.</summary>
    Word,

    /// <summary>Needs a word beside it, because alone it would find too much: a language, "has a link".</summary>
    Filter,

    /// <summary>Rules out.</summary>
    Without,
}
