using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ListeningBot.Configuration;

/// <summary>Reads the plain part of YAML with the line and column of everything in it: no anchors, tags or second documents.</summary>
internal static class YamlTree
{
    private const int Deepest = 16;

    /// <summary>An empty map for an empty file; null when it can't be read, and the problem is added.</summary>
    /// <param name="begin">What a good file begins with: "watches:".</param>
    public static MapNode? Read(string text, string file, string begin, Problems problems)
    {
        if (YamlFault.Tabs(text, file).ToList() is { Count: > 0 } tabs)
        {
            tabs.ForEach(tab => problems.Add(tab, "has a tab before its first word", "Indent with spaces, two for each step."));
            return null;
        }
        var reading = new Reading(new Parser(new StringReader(text)), text, file, problems);
        try
        {
            var root = reading.Whole();
            return root as MapNode ?? (root is null ? new MapNode(new Place(file, 1), StringComparer.Ordinal) : NotAMap(root, begin, problems));
        }
        catch (NotPlain e)
        {
            problems.Add(e.Place, e.Message, YamlFault.IsInQuery(text, e.Place) ? QueryEntries.QuotesCure : e.Cure);
        }
        catch (YamlException e)
        {
            Tell(e, text, file, problems);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // faults of the parser itself, seen after an unclosed bracket
            Tell(new YamlException(new Mark(0, reading.Line, 1), Mark.Empty, "flow sequence"), text, file, problems);
        }
        return null;
    }

    private static void Tell(YamlException fault, string text, string file, Problems problems)
    {
        var place = new Place(file, (int)Math.Max(1, fault.Start.Line), (int)Math.Max(1, fault.Start.Column));
        var hashes = YamlFault.HashesInLists(text, file).Where(hash => !YamlFault.IsInQuery(text, hash)).ToList();
        if (hashes.Count > 0)
        {
            hashes.ForEach(hash => problems.Add(hash, "has a # in a list that makes a comment of the rest of the line", "Put the word in quotes: [\"#nimbus\"]."));
            return;
        }
        var (what, cure) = YamlFault.IsInQuery(text, place) ? ("has a query that YAML can't read as it stands", QueryEntries.QuotesCure) : YamlFault.InWords(fault.Message, place, text);
        problems.Add(place, what, cure);
    }

    private static MapNode? NotAMap(Node root, string begin, Problems problems)
    {
        problems.Add(root.Place, "is not a list of settings", $"Begin with a line that says {begin} (config/README.md shows one).");
        return null;
    }

    private sealed class NotPlain(Place place, string what, string cure) : Exception(what)
    {
        public Place Place { get; } = place;
        public string Cure { get; } = cure;
    }

    private sealed class Reading(IParser parser, string text, string file, Problems problems)
    {
        /// <summary>How far it got.</summary>
        public int Line { get; private set; } = 1;

        public Node? Whole()
        {
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _))
            {
                return null;
            }
            parser.Consume<DocumentStart>();
            var root = Value(0);
            parser.Consume<DocumentEnd>();
            if (parser.Current is DocumentStart second)
            {
                throw new NotPlain(At(second), "begins a second document", "Take the line --- away.");
            }
            return root is ScalarNode { Kind: ScalarKind.Null } ? null : root;
        }

        private Node Value(int depth)
        {
            var what = parser.Current ?? throw new NotPlain(new Place(file, null), "ends too early", "Compare it with the starter file.");
            Line = (int)what.Start.Line;
            RefuseUnlessPlain(what, depth);
            parser.MoveNext();
            return what switch
            {
                MappingStart => Map(At(what), depth),
                SequenceStart => List(At(what), depth),
                Scalar scalar => new ScalarNode(At(what), IsNull(scalar) ? ScalarKind.Null : ScalarKind.Text, scalar.Value) { Source = new YamlScalar(At(what), text, scalar) },
                _ => throw new NotPlain(At(what), "can't be read as YAML here", "Compare it with the starter file."),
            };
        }

        private void RefuseUnlessPlain(ParsingEvent what, int depth)
        {
            if (what is AnchorAlias || what is NodeEvent { Anchor.IsEmpty: false })
            {
                throw new NotPlain(At(what), "has a word that begins with * or &, which YAML takes for a reference", "Put it in quotes: \"*@nimbus.example\".");
            }
            if (what is NodeEvent { Tag.IsEmpty: false })
            {
                throw new NotPlain(At(what), "has a word that begins with !, which YAML takes for a type", "Put it in quotes: \"!word\".");
            }
            if (depth > Deepest)
            {
                throw new NotPlain(At(what), "is nested too deep", "Compare it with the starter file.");
            }
        }

        private MapNode Map(Place place, int depth)
        {
            var map = new MapNode(place, StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (Value(depth + 1) is not ScalarNode key)
                {
                    throw new NotPlain(place, "has a list or { } where a key should be", "Write key: value.");
                }
                var value = Value(depth + 1);
                if (map.EntryOf(key.Text) is { } first)
                {
                    problems.Add(key.Place, $"has {Problems.Quote(key.Text)} twice, first on line {first.Place.Line}", "Keep one of them.");
                    continue;
                }
                map.Set(new Entry(key.Text, key.Place, value));
            }
            return map;
        }

        private ListNode List(Place place, int depth)
        {
            var list = new ListNode(place);
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                list.Items.Add(Value(depth + 1));
            }
            return list;
        }

        private Place At(ParsingEvent what) => new(file, (int)what.Start.Line, (int)what.Start.Column);

        private static bool IsNull(Scalar scalar) => scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~";
    }
}
