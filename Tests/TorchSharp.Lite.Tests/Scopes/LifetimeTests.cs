using System.Runtime.CompilerServices;

namespace TorchSharp.Lite.Tests.Scopes;

public class LifetimeTests
{
    [Fact]
    public void A_thousand_steps_leave_as_many_tensors_as_there_were()
    {
        using torch.Tensor weight = torch.zeros(20, requires_grad: true);
        Step(weight);
        long before = torch.Tensor.TotalCount;
        for (int i = 0; i < 1000; i++)
        {
            Step(weight);
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.True(torch.Tensor.PeakCount > before);
    }

    [Fact]
    public void Memory_does_not_grow_over_many_large_temporaries()
    {
        const long Megabyte = 1 << 20;
        Allocate(50);
        long before = Environment.WorkingSet;
        Allocate(400); // 8 MB each: 3 GB if they stayed
        Assert.InRange(Environment.WorkingSet - before, -long.MaxValue, 400 * Megabyte);
    }

    [Fact]
    public void What_is_forgotten_is_freed_by_the_garbage_collector()
    {
        long before = torch.Tensor.TotalCount;
        Forget(100);
        Assert.True(torch.Tensor.TotalCount >= before + 100 - 1);
        for (int i = 0; i < 10 && torch.Tensor.TotalCount > before; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.True(torch.Tensor.TotalCount <= before);
    }

    [Fact]
    public void A_decoupled_handle_lives_on_in_another_object()
    {
        long before = torch.Tensor.TotalCount;
        torch.Tensor first = torch.full([1], 5);
        using (torch.Tensor second = torch.Tensor.UnsafeCreateTensor(first.DecoupleFromNativeHandle()))
        {
            Assert.True(first.IsInvalid);
            Assert.Equal(5, second.item<float>());
            Assert.Equal(before + 1, torch.Tensor.TotalCount);
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    private static void Step(torch.Tensor weight)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor loss = ((weight - 1) * (weight - 1)).sum();
        loss.backward();
        using (torch.no_grad())
        {
            weight.sub_(weight.grad * 0.1);
        }

        weight.grad = null;
    }

    private static void Allocate(int count)
    {
        for (int i = 0; i < count; i++)
        {
            using torch.Tensor temporary = torch.ones(2 << 20);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(int count)
    {
        for (int i = 0; i < count; i++)
        {
            torch.zeros(1);
        }
    }
}
