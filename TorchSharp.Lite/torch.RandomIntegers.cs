namespace TorchSharp;

public static unsafe partial class torch
{
    public static Tensor randint(
        long high, long[] size,
        ScalarType? dtype = null, Device device = null, bool requires_grad = false, Generator generator = null, string[] names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        int high, int[] size,
        ScalarType? dtype = null, Device device = null, bool requires_grad = false, Generator generator = null, string[] names = null) =>
        randint(0, high, Array.ConvertAll(size, Convert.ToInt64), dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        int low, int high, int[] size,
        ScalarType? dtype = null, Device device = null, bool requires_grad = false, Generator generator = null, string[] names = null) =>
        randint(low, high, Array.ConvertAll(size, Convert.ToInt64), dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long high, Size size,
        ScalarType? dtype = null, Device device = null, bool requires_grad = false, Generator generator = null, string[] names = null) =>
        randint(0, high, size.Shape, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long low, long high, Size size,
        ScalarType? dtype = null, Device device = null, bool requires_grad = false, Generator generator = null, string[] names = null) =>
        randint(low, high, size.Shape, dtype, device, requires_grad, generator, names);

    /// <summary>Whole numbers from <paramref name="low"/> to <paramref name="high"/> - 1; Int64 unless another type is given.</summary>
    public static Tensor randint(
        long low, long high, long[] size,
        ScalarType? dtype = null, Device device = null, bool requires_grad = false, Generator generator = null, string[] names = null)
    {
        RequireNoNames(names);
        IntPtr result;
        fixed (long* first = size)
        {
            NativeOptions options = NewOptions(dtype ?? ScalarType.Int64, device, requires_grad);
            Native.Check(Native.tl_random_randint(low, high, first, size.Length, Generator.HandleOrNull(generator), options, &result));
        }

        GC.KeepAlive(generator);
        return Tensor.FromHandle(result);
    }

    /// <summary>The numbers 0 to n - 1 in random order; Int64 unless another type is given.</summary>
    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device device = null, bool requires_grad = false, Generator generator = null)
    {
        IntPtr result;
        NativeOptions options = NewOptions(dtype ?? ScalarType.Int64, device, requires_grad);
        Native.Check(Native.tl_random_randperm(n, Generator.HandleOrNull(generator), options, &result));
        GC.KeepAlive(generator);
        return Tensor.FromHandle(result);
    }
}
