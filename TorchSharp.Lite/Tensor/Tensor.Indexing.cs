using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>x[...] as in Python.</summary>
    public unsafe partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => Get(Positions(indices));
            set => Put(value, Positions(indices)).Dispose();
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Put(value, At(i1)).Dispose();
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => Get(At(i1), At(i2));
            set => Put(value, At(i1), At(i2)).Dispose();
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => Get(At(i1), At(i2), At(i3));
            set => Put(value, At(i1), At(i2), At(i3)).Dispose();
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => Get(At(i1), At(i2), At(i3), At(i4));
            set => Put(value, At(i1), At(i2), At(i3), At(i4)).Dispose();
        }

        public Tensor index(params TensorIndex[] indices) => Get(indices);

        public Tensor index(params Tensor[] indices) => Get(Parts(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => Updated(Put(value, indices));

        public Tensor index_put_(Tensor value, params Tensor[] indices) => Updated(Put(value, Parts(indices)));

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            IntPtr result;
            fixed (NativeIndex* parts = Describe(indices))
            {
                Native.Check(Native.tl_indexing_put__number(Handle, parts, indices.Length, value.Value, &result));
            }

            GC.KeepAlive(this);
            GC.KeepAlive(indices);
            return Updated(new Tensor(result));
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Parts(indices));

        private static TensorIndex At(long index) => TensorIndex.Single(index);

        private static TensorIndex[] Positions(long[] indices) => Array.ConvertAll(indices, At);

        private static TensorIndex[] Parts(Tensor[] indices) => Array.ConvertAll(indices, TensorIndex.Tensor);

        private static NativeIndex[] Describe(TensorIndex[] indices) => Array.ConvertAll(indices, index => index.ToNative());

        private Tensor Get(params TensorIndex[] indices)
        {
            IntPtr result;
            fixed (NativeIndex* parts = Describe(indices))
            {
                Native.Check(Native.tl_indexing_get(Handle, parts, indices.Length, &result));
            }

            GC.KeepAlive(this);
            GC.KeepAlive(indices);
            return new Tensor(result);
        }

        private Tensor Put(Tensor value, params TensorIndex[] indices)
        {
            IntPtr result;
            fixed (NativeIndex* parts = Describe(indices))
            {
                Native.Check(Native.tl_indexing_put_(Handle, parts, indices.Length, value.Handle, &result));
            }

            GC.KeepAlive(this);
            GC.KeepAlive(value);
            GC.KeepAlive(indices);
            return new Tensor(result);
        }
    }
}
