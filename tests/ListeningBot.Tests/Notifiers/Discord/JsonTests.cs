using System.Text;
using ListeningBot.Notifiers.Discord;

namespace ListeningBot.Tests.Notifiers.Discord;

public sealed class JsonTests
{
    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\ud800":"x","\udc00":"a"}""")]
    [InlineData("""{"a":7}""")]
    [InlineData("""{"a":null}""")]
    [InlineData("""["a"]""")]
    [InlineData("7")]
    public void What_is_no_text_counts_as_absent(string json)
    {
        var element = Json.Parse(Encoding.UTF8.GetBytes(json))!.Value;

        Assert.Null(element.Text("a"));
        Assert.Empty(element.Items("a"));
        Assert.False(element.IsTrue("a"));
    }

    [Fact]
    public void A_frame_whose_event_has_no_readable_name_is_a_frame_all_the_same() =>
        Assert.Null(Frame.Read("""{"op":0,"t":"\ud800","s":3}"""u8)!.Event);
}
