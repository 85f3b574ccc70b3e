namespace TorchSharp;

public static partial class torch
{
    /// <summary>The shapes of native calls: each checks the status, keeps its tensors alive and wraps the result.</summary>
    public unsafe partial class Tensor
    {
        private Tensor Call(delegate*<IntPtr, IntPtr*, int> operation)
        {
            IntPtr result;
            Native.Check(operation(Handle, &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        private Tensor Call(delegate*<IntPtr, IntPtr, IntPtr*, int> operation, Tensor other)
        {
            IntPtr result;
            Native.Check(operation(Handle, other.Handle, &result));
            GC.KeepAlive(this);
            GC.KeepAlive(other);
            return new Tensor(result);
        }

        private Tensor Call(delegate*<IntPtr, IntPtr, IntPtr, IntPtr*, int> operation, Tensor second, Tensor third)
        {
            IntPtr result;
            Native.Check(operation(Handle, second.Handle, third.Handle, &result));
            GC.KeepAlive(this);
            GC.KeepAlive(second);
            GC.KeepAlive(third);
            return new Tensor(result);
        }

        private Tensor Call(delegate*<IntPtr, NativeScalar, IntPtr*, int> operation, Scalar other)
        {
            IntPtr result;
            Native.Check(operation(Handle, other.Value, &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        private Tensor Call(delegate*<IntPtr, long, IntPtr*, int> operation, long argument)
        {
            IntPtr result;
            Native.Check(operation(Handle, argument, &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        private Tensor Call(delegate*<IntPtr, long, long, IntPtr*, int> operation, long first, long second)
        {
            IntPtr result;
            Native.Check(operation(Handle, first, second, &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        private Tensor Call(delegate*<IntPtr, long*, int, IntPtr*, int> operation, ReadOnlySpan<long> numbers)
        {
            IntPtr result;
            fixed (long* first = numbers)
            {
                Native.Check(operation(Handle, first, numbers.Length, &result));
            }

            GC.KeepAlive(this);
            return new Tensor(result);
        }

        /// <summary>
        /// What an in-place operation gives: the tensor itself, as official TorchSharp does. The alias that libtorch made goes.
        /// </summary>
        private Tensor Updated(Tensor alias)
        {
            alias.Dispose();
            return this;
        }

        private static int Flag(bool value) => value ? 1 : 0;

        private static int DtypeOrNone(ScalarType? type) => type.HasValue ? (int)type.Value : -1;
    }
}
