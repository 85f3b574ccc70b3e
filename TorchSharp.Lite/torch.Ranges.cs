namespace TorchSharp;

public static unsafe partial class torch
{
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>Whole numbers when all three are whole, else the default real type.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
    {
        IntPtr result;
        Native.Check(Native.tl_factories_arange(start.Value, stop.Value, step.Value, NewOptions(dtype, device, requires_grad), &result));
        return Tensor.FromHandle(result);
    }

    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device device = null, bool requires_grad = false)
    {
        IntPtr result;
        Native.Check(Native.tl_factories_linspace(start, end, steps, NewOptions(dtype, device, requires_grad), &result));
        return Tensor.FromHandle(result);
    }

    /// <summary>Ones on the diagonal; square when no number of columns is given.</summary>
    public static Tensor eye(
        long rows, long columns = -1, ScalarType? dtype = null, Device device = null, bool requires_grad = false, string[] names = null)
    {
        RequireNoNames(names);
        IntPtr result;
        Native.Check(Native.tl_factories_eye(rows, columns < 0 ? rows : columns, NewOptions(dtype, device, requires_grad), &result));
        return Tensor.FromHandle(result);
    }

    /// <summary>The element type of new tensors when none is given: Float32.</summary>
    public static ScalarType get_default_dtype() => ScalarType.Float32;

    private static NativeOptions NewOptions(ScalarType? dtype, Device device, bool requiresGrad) =>
        new(dtype, InitializeDevice(device), requiresGrad);

    private static void RequireNoNames(string[] names)
    {
        if (names != null)
        {
            throw new NotSupportedException("TorchSharp.Lite has no named dimensions; leave names out.");
        }
    }
}
