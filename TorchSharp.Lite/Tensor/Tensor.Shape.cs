namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor T => t();

        public Tensor mT => transpose(-2, -1);

        public Tensor t() => Call(&Native.tl_shape_t);

        public Tensor transpose(long dim0, long dim1) => Call(&Native.tl_shape_transpose, dim0, dim1);

        public Tensor permute(params long[] permutation) => Call(&Native.tl_shape_permute, permutation);

        public Tensor reshape(params long[] shape) => Call(&Native.tl_shape_reshape, shape);

        public Tensor view(params long[] shape) => Call(&Native.tl_shape_view, shape);

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Call(&Native.tl_shape_flatten, start_dim, end_dim);

        /// <summary>Splits one dimension into several; one of the sizes may be -1.</summary>
        public Tensor unflatten(long dim, params long[] sizes)
        {
            long[] before = shape;
            int split = (int)(dim < 0 ? dim + before.Length : dim);
            if (split < 0 || split >= before.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensor has {before.Length} dimensions.");
            }

            return view([.. before[..split], .. sizes, .. before[(split + 1)..]]);
        }

        public Tensor ravel() => flatten();

        public Tensor squeeze(long? dim = null) =>
            dim.HasValue ? Call(&Native.tl_shape_squeeze, dim.Value) : Call(&Native.tl_shape_squeeze_all);

        public Tensor unsqueeze(long dim) => Call(&Native.tl_shape_unsqueeze, dim);

        public Tensor expand(params long[] sizes) => expand(sizes.AsSpan());

        public Tensor expand(long[] sizes, bool isImplicit = false) => expand(sizes.AsSpan(), isImplicit);

        public Tensor expand(Size sizes, bool isImplicit = false) => expand(sizes.Shape.AsSpan(), isImplicit);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false)
        {
            IntPtr result;
            fixed (long* first = sizes)
            {
                Native.Check(Native.tl_shape_expand(Handle, first, sizes.Length, Flag(isImplicit), &result));
            }

            GC.KeepAlive(this);
            return new Tensor(result);
        }

        public Tensor expand_as(Tensor other) => expand(other.shape.AsSpan());

        public Tensor broadcast_to(params long[] shape) => Call(&Native.tl_shape_broadcast_to, shape);

        public Tensor repeat(params long[] sizes) => Call(&Native.tl_shape_repeat, sizes);

        public Tensor flip(params long[] dims) => Call(&Native.tl_shape_flip, dims);

        public Tensor roll(long shifts, long? dims = null) => dims.HasValue ? roll([shifts], [dims.Value]) : roll([shifts], []);

        public Tensor roll(long[] shifts) => roll(shifts.AsSpan());

        public Tensor roll(long[] shifts, long[] dims) => roll(shifts.AsSpan(), dims.AsSpan());

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default)
        {
            IntPtr result;
            fixed (long* firstShift = shifts)
            fixed (long* firstDim = dims)
            {
                Native.Check(Native.tl_shape_roll(Handle, firstShift, shifts.Length, firstDim, dims.Length, &result));
            }

            GC.KeepAlive(this);
            return new Tensor(result);
        }

        public Tensor tril(long diagonal = 0) => Call(&Native.tl_shape_tril, diagonal);

        public Tensor triu(long diagonal = 0) => Call(&Native.tl_shape_triu, diagonal);

        public Tensor diag(long diagonal = 0) => Call(&Native.tl_shape_diag, diagonal);

        public Tensor select(long dim, long index) => Call(&Native.tl_shape_select, dim, index);

        public Tensor narrow(long dim, long start, long length)
        {
            IntPtr result;
            Native.Check(Native.tl_shape_narrow(Handle, dim, start, length, &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        public Tensor slice(long dim, long start, long finish, long step)
        {
            IntPtr result;
            Native.Check(Native.tl_shape_slice(Handle, dim, start, finish, step, &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        /// <summary>Views of at most <paramref name="size"/> entries along the dimension, the last one perhaps shorter.</summary>
        public Tensor[] split(long size, int dim = 0)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
            long length = this.size(dim);
            Tensor[] parts = new Tensor[Math.Max(1, (length + size - 1) / size)];
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i] = narrow(dim, i * size, Math.Min(size, length - (i * size)));
            }

            return parts;
        }

        public Tensor[] chunk(long chunks, long dim = 0)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(chunks, 1);
            return split(Math.Max(1, (size((int)dim) + chunks - 1) / chunks), (int)dim);
        }

        public Tensor[] unbind(long dimension = 0)
        {
            Tensor[] parts = new Tensor[size((int)dimension)];
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i] = select(dimension, i);
            }

            return parts;
        }
    }
}
