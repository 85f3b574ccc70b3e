namespace TorchSharp;

public static partial class torch
{
    /// <summary>Largest and smallest entries, where they are, and sorting.</summary>
    public unsafe partial class Tensor
    {
        public Tensor max() => Call(&Native.tl_reduction_max);

        public Tensor max(Tensor other) => maximum(other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) =>
            ValuesAndIndexes(&Native.tl_reduction_max_along, dim, keepdim);

        public Tensor min() => Call(&Native.tl_reduction_min);

        public Tensor min(Tensor other) => minimum(other);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) =>
            ValuesAndIndexes(&Native.tl_reduction_min_along, dim, keepdim);

        public Tensor median() => Call(&Native.tl_reduction_median);

        public Tensor amax(params long[] dims) => amax(dims.AsSpan());

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor @out = null) =>
            Extreme(&Native.tl_reduction_amax, dims, keepdim, @out);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor @out = null) => amax(dims.AsSpan(), keepdim, @out);

        public Tensor amin(params long[] dims) => amin(dims.AsSpan());

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor @out = null) =>
            Extreme(&Native.tl_reduction_amin, dims, keepdim, @out);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor @out = null) => amin(dims.AsSpan(), keepdim, @out);

        public Tensor argmax() => IndexOf(&Native.tl_reduction_argmax, null, false);

        public Tensor argmax(long dim, bool keepdim = false) => IndexOf(&Native.tl_reduction_argmax, dim, keepdim);

        public Tensor argmin() => IndexOf(&Native.tl_reduction_argmin, null, false);

        public Tensor argmin(long dim, bool keepdim = false) => IndexOf(&Native.tl_reduction_argmin, dim, keepdim);

        public Tensor argsort(long dim = -1, bool descending = false)
        {
            (Tensor values, Tensor indices) = sort(dim, descending);
            values.Dispose();
            return indices;
        }

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            IntPtr values, indices;
            Native.Check(Native.tl_reduction_sort(Handle, dim, Flag(descending), Flag(stable), &values, &indices));
            GC.KeepAlive(this);
            return (new Tensor(values), new Tensor(indices));
        }

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            IntPtr values, indices;
            Native.Check(Native.tl_reduction_topk(Handle, k, dim, Flag(largest), Flag(sorted), &values, &indices));
            GC.KeepAlive(this);
            return (new Tensor(values), new Tensor(indices));
        }

        private (Tensor, Tensor) ValuesAndIndexes(delegate*<IntPtr, long, int, IntPtr*, IntPtr*, int> operation, long dim, bool keepdim)
        {
            IntPtr values, indices;
            Native.Check(operation(Handle, dim, Flag(keepdim), &values, &indices));
            GC.KeepAlive(this);
            return (new Tensor(values), new Tensor(indices));
        }

        private Tensor Extreme(
            delegate*<IntPtr, long*, int, int, IntPtr*, int> operation, ReadOnlySpan<long> dims, bool keepdim, Tensor target)
        {
            IntPtr result;
            fixed (long* first = dims)
            {
                Native.Check(operation(Handle, first, dims.Length, Flag(keepdim), &result));
            }

            GC.KeepAlive(this);
            Tensor extreme = new(result);
            if (target is null)
            {
                return extreme;
            }

            using (extreme)
            {
                return target.copy_(extreme);
            }
        }

        private Tensor IndexOf(delegate*<IntPtr, int, long, int, IntPtr*, int> operation, long? dim, bool keepdim)
        {
            IntPtr result;
            Native.Check(operation(Handle, Flag(dim.HasValue), dim.GetValueOrDefault(), Flag(keepdim), &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }
    }
}
