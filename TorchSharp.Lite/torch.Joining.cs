namespace TorchSharp;

public static unsafe partial class torch
{
    public static Tensor cat(Tensor[] tensors, long dim = 0) => cat((ReadOnlySpan<Tensor>)tensors, dim);

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Join(&Native.tl_shape_cat, tensors, dim);

    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Join(&Native.tl_shape_stack, tensors.ToArray(), dim);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);

    private static Tensor Join(delegate*<IntPtr*, int, long, IntPtr*, int> operation, ReadOnlySpan<Tensor> tensors, long dim)
    {
        IntPtr[] handles = new IntPtr[tensors.Length];
        for (int i = 0; i < handles.Length; i++)
        {
            handles[i] = tensors[i].Handle;
        }

        IntPtr result;
        fixed (IntPtr* first = handles)
        {
            Native.Check(operation(first, handles.Length, dim, &result));
        }

        foreach (Tensor tensor in tensors)
        {
            GC.KeepAlive(tensor);
        }

        return Tensor.FromHandle(result);
    }
}
