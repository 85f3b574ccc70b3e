namespace TorchSharp;

public static partial class torch
{
    /// <summary>Entries by index tensor or mask.</summary>
    public unsafe partial class Tensor
    {
        public Tensor nonzero() => Call(&Native.tl_indexing_nonzero);

        public Tensor masked_select(Tensor mask) => Call(&Native.tl_indexing_masked_select, mask);

        public Tensor masked_fill(Tensor mask, Scalar value) => Fill(&Native.tl_indexing_masked_fill, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => Updated(Fill(&Native.tl_indexing_masked_fill_, mask, value));

        public Tensor index_select(long dim, Tensor index) => Take(&Native.tl_indexing_index_select, dim, index);

        public Tensor gather(long dim, Tensor index) => Take(&Native.tl_indexing_gather, dim, index);

        public Tensor index_copy(long dim, Tensor index, Tensor source) => Place(&Native.tl_indexing_index_copy, dim, index, source);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Updated(Place(&Native.tl_indexing_index_copy_, dim, index, source));

        public Tensor scatter(long dim, Tensor index, Tensor src) => Place(&Native.tl_indexing_scatter, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Updated(Place(&Native.tl_indexing_scatter_, dim, index, src));

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Place(&Native.tl_indexing_scatter_add, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Updated(Place(&Native.tl_indexing_scatter_add_, dim, index, src));

        private Tensor Fill(delegate*<IntPtr, IntPtr, NativeScalar, IntPtr*, int> operation, Tensor mask, Scalar value)
        {
            IntPtr result;
            Native.Check(operation(Handle, mask.Handle, value.Value, &result));
            GC.KeepAlive(this);
            GC.KeepAlive(mask);
            return new Tensor(result);
        }

        private Tensor Take(delegate*<IntPtr, long, IntPtr, IntPtr*, int> operation, long dim, Tensor index)
        {
            IntPtr result;
            Native.Check(operation(Handle, dim, index.Handle, &result));
            GC.KeepAlive(this);
            GC.KeepAlive(index);
            return new Tensor(result);
        }

        private Tensor Place(delegate*<IntPtr, long, IntPtr, IntPtr, IntPtr*, int> operation, long dim, Tensor index, Tensor source)
        {
            IntPtr result;
            Native.Check(operation(Handle, dim, index.Handle, source.Handle, &result));
            GC.KeepAlive(this);
            GC.KeepAlive(index);
            GC.KeepAlive(source);
            return new Tensor(result);
        }
    }
}
