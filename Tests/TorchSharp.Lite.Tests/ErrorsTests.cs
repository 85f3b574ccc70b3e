using System.Runtime.InteropServices;

namespace TorchSharp.Lite.Tests;

public class ErrorsTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void A_mismatch_of_shapes_is_an_exception_with_both_shapes()
    {
        ExternalException error = Assert.Throws<ExternalException>(() => torch.zeros(2, 3).mm(torch.zeros(4, 5)));
        Assert.Contains("2x3", error.Message, StringComparison.Ordinal);
        Assert.Contains("4x5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_impossible_view_is_an_exception_with_the_shape()
    {
        ExternalException error = Assert.Throws<ExternalException>(() => torch.zeros(6).view(4, 2));
        Assert.Contains("[4, 2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_outside_is_an_exception() =>
        Assert.Contains("out of", Assert.Throws<ExternalException>(() => torch.zeros(3).select(0, 3)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_impossible_allocation_is_an_exception() =>
        Assert.Throws<ExternalException>(() => torch.empty(1L << 45, dtype: torch.float64));

    [Fact]
    public void A_message_holds_no_stack_of_native_frames()
    {
        ExternalException error = Assert.Throws<ExternalException>(() => torch.zeros(2) + torch.zeros(3));
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
        Assert.Contains("must match", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_an_error_the_next_call_works()
    {
        Assert.Throws<ExternalException>(() => torch.zeros(2) + torch.zeros(3));
        Entries.Equal([2, 2], torch.ones(2) + torch.ones(2));
    }

    [Fact]
    public void A_missing_argument_is_an_exception_and_not_a_crash() =>
        Assert.Throws<NullReferenceException>(() => torch.zeros(2).add((torch.Tensor)null));

    [Fact]
    public void Named_dimensions_are_refused() =>
        Assert.Throws<NotSupportedException>(() => torch.zeros(2, names: ["rows"]));

    [Fact]
    public void A_device_that_is_not_there_is_refused_by_name()
    {
        if (torch.cuda.is_available())
        {
            Assert.True(torch.TryInitializeDeviceType(DeviceType.CUDA));
            return;
        }

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => torch.device("cuda"));
        Assert.Contains("CUDA", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => torch.zeros(1, device: new torch.Device("cuda")));
        Assert.False(torch.TryInitializeDeviceType(DeviceType.CUDA));
        Assert.Equal(0, torch.cuda.device_count());
    }
}
