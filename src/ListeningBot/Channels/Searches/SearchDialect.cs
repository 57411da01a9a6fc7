using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Channels.Searches;

/// <summary>
/// What a service's search can say. Each answer is true of at least all posts of which the query is true: what can't be said is <see cref="Ask.Anything"/>.
/// </summary>
internal abstract class SearchDialect
{
    /// <summary>The kind of channel: "x".</summary>
    public abstract string Kind { get; }

    /// <summary>A word or a phrase in all ways to write it that the matcher finds.</summary>
    /// <param name="text">As the manager wrote it.</param>
    public abstract Ask Phrase(string text);

    /// <summary>Words that begin so.</summary>
    public virtual Ask Beginning(string word) => Ask.Anything;

    /// <summary>Not this word or phrase: only where the service rules out nothing that the matcher would let pass.</summary>
    public virtual Ask Without(string text) => Ask.Anything;

    public virtual Ask Field(Query field) => Ask.Anything;

    public virtual Ask WithoutField(Query field) => Ask.Anything;
}
