namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => sum(ReadOnlySpan<long>.Empty, false, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum([dim0, dim1, dim2], keepdim, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum(dim.AsSpan(), keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Reduce(&Native.tl_reduction_sum, dim, keepdim, DtypeOrNone(type));

        public Tensor mean() => Reduce(&Native.tl_reduction_mean, [], false, -1);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Reduce(&Native.tl_reduction_mean, dimensions, keepdim, DtypeOrNone(type));

        public Tensor var(bool unbiased = true) => Spread(&Native.tl_reduction_var, [], unbiased, false, null);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(&Native.tl_reduction_var, [dim], unbiased, keepdim, type);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(&Native.tl_reduction_var, dimensions, unbiased, keepdim, type);

        public Tensor std(bool unbiased = true) => Spread(&Native.tl_reduction_std, [], unbiased, false, null);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(&Native.tl_reduction_std, [dim], unbiased, keepdim, type);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(&Native.tl_reduction_std, dimensions, unbiased, keepdim, type);

        public Tensor norm(float p = 2) => Norm(p, [], false);

        public Tensor norm(int dim, bool keepdim = false, float p = 2) => Norm(p, [dim], keepdim);

        public Tensor count_nonzero(long[] dims = null) => Call(&Native.tl_reduction_count_nonzero, dims);

        public Tensor prod(ScalarType? type = null)
        {
            IntPtr result;
            Native.Check(Native.tl_reduction_prod(Handle, DtypeOrNone(type), &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null)
        {
            IntPtr result;
            Native.Check(Native.tl_reduction_prod_along(Handle, dim, Flag(keepdim), DtypeOrNone(type), &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        public Tensor all() => Call(&Native.tl_reduction_all);

        public Tensor all(long dim, bool keepdim = false) => Along(&Native.tl_reduction_all_along, dim, Flag(keepdim));

        public Tensor any() => Call(&Native.tl_reduction_any);

        public Tensor any(long dim, bool keepdim = false) => Along(&Native.tl_reduction_any_along, dim, Flag(keepdim));

        public Tensor logsumexp(long dim, bool keepdim = false) => Along(&Native.tl_reduction_logsumexp_along, dim, Flag(keepdim));

        public Tensor cumsum(long dim, ScalarType? type = null) => Along(&Native.tl_reduction_cumsum, dim, DtypeOrNone(type));

        public Tensor softmax(long dim, ScalarType? dtype = null) => Along(&Native.tl_reduction_softmax, dim, DtypeOrNone(dtype));

        public Tensor log_softmax(long dim, ScalarType? dtype = null) =>
            Along(&Native.tl_reduction_log_softmax, dim, DtypeOrNone(dtype));

        private Tensor Along(delegate*<IntPtr, long, int, IntPtr*, int> operation, long dim, int argument)
        {
            IntPtr result;
            Native.Check(operation(Handle, dim, argument, &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        private Tensor Reduce(
            delegate*<IntPtr, long*, int, int, int, IntPtr*, int> operation, ReadOnlySpan<long> dims, bool keepdim, int argument)
        {
            IntPtr result;
            fixed (long* first = dims)
            {
                Native.Check(operation(Handle, first, dims.Length, Flag(keepdim), argument, &result));
            }

            GC.KeepAlive(this);
            return new Tensor(result);
        }

        private Tensor Spread(
            delegate*<IntPtr, long*, int, int, int, IntPtr*, int> operation, ReadOnlySpan<long> dims, bool unbiased, bool keepdim, ScalarType? type)
        {
            if (!type.HasValue || type == dtype)
            {
                return Reduce(operation, dims, unbiased, Flag(keepdim));
            }

            using Tensor converted = to_type(type.Value);
            return converted.Reduce(operation, dims, unbiased, Flag(keepdim));
        }

        private Tensor Norm(double p, ReadOnlySpan<long> dims, bool keepdim)
        {
            IntPtr result;
            fixed (long* first = dims)
            {
                Native.Check(Native.tl_reduction_norm(Handle, p, first, dims.Length, Flag(keepdim), &result));
            }

            GC.KeepAlive(this);
            return new Tensor(result);
        }
    }
}
