namespace ListeningBot.IntegrationTests;

public sealed class LongestFirstTests
{
    [Fact]
    public void A_class_is_known_by_the_name_of_its_collection() => Assert.True(LongestFirst.Is(TestContext.Current.TestCollection!, typeof(LongestFirstTests).FullName!));
}
