using SparseHybrid.Sweeps;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;

namespace SparseHybrid.Tests.Sweeps;

public sealed class PointMessageTests
{
    [Fact]
    public void Messages_come_back_as_they_were_sent_on_one_line()
    {
        PointMessage[] messages = [new(RunRecords.Epoch(2)), new(Error: "It failed.\nBadly."), new(IsInterrupted: true)];
        Assert.All(messages, message =>
        {
            var line = message.ToJson();
            Assert.DoesNotContain('\n', line);
            Assert.Equal(message, PointMessage.Parse(line));
        });
    }

    [Fact]
    public void Assignments_come_back_as_they_were_sent_on_one_line()
    {
        var settings = new TrainingRunSettings
        {
            Data = "mnist",
            Model = "lenet-5",
            RunPath = "/runs/a b",
            Weights = "/runs/c.safetensors",
            Options = new SparseTrainerOptions { Epochs = 3, Seed = 7 },
        };
        var assignment = new PointAssignment(settings, Resume: true);
        Assert.DoesNotContain('\n', assignment.ToJson());
        Assert.Equal(assignment, PointAssignment.Parse(assignment.ToJson()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"resume\":true}")]
    public void Anything_else_is_refused(string line) => Assert.Throws<ArgumentException>(() => PointAssignment.Parse(line));
}
