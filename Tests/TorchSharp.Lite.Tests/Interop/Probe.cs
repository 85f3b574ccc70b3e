namespace TorchSharp.Lite.Tests.Interop;

/// <summary>
/// The program that <see cref="MissingLibraryTests"/> starts: what needs no libtorch, then what does. Prints "ok" or the
/// exception's type and message.
/// </summary>
internal static class Probe
{
    private static int Main()
    {
        Console.OutputEncoding = System.Text.Encoding.UTF8;
        try
        {
            _ = torch.CPU.ToString() + torch.float32.ElementSize() + 1.5.ToScalar().ToDouble() + new torch.Size([2, 3]).numel();
            using DisposeScope scope = torch.NewDisposeScope();
            using torch.Tensor x = torch.ones(2);
            Console.WriteLine($"ok {x.sum().item<float>()}");
        }
        catch (Exception error)
        {
            Console.WriteLine($"{error.GetType().Name}: {error.Message} ({error.InnerException?.Message})");
        }

        return 0;
    }
}
