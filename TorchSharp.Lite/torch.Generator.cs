namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with a state of its own.</summary>
    public unsafe class Generator : IDisposable
    {
        private IntPtr handle;

        public Generator(ulong seed = 0, Device device = null)
        {
            this.device = device ?? CPU;
            IntPtr result;
            Native.Check(Native.tl_random_generator_new((int)this.device.type, this.device.index, seed, &result));
            handle = result;
        }

        private Generator(IntPtr handle)
        {
            device = CPU;
            this.handle = handle;
        }

        ~Generator() => Dispose(false);

        /// <summary>The generator that operations on the CPU use when none is given; a new object over the same state.</summary>
        public static Generator Default
        {
            get
            {
                IntPtr result;
                Native.Check(Native.tl_random_generator_default((int)DeviceType.CPU, -1, &result));
                return new Generator(result);
            }
        }

        public IntPtr Handle
        {
            get
            {
                ObjectDisposedException.ThrowIf(handle == IntPtr.Zero, this);
                return handle;
            }
        }

        public Device device { get; }

        /// <returns>This object.</returns>
        public Generator manual_seed(long seed)
        {
            Native.Check(Native.tl_random_generator_manual_seed(Handle, (ulong)seed));
            GC.KeepAlive(this);
            return this;
        }

        /// <summary>Draws a seed that cannot be foreseen, uses it and returns it.</summary>
        public long seed()
        {
            ulong result;
            Native.Check(Native.tl_random_generator_seed(Handle, &result));
            GC.KeepAlive(this);
            return (long)result;
        }

        public long initial_seed()
        {
            ulong result;
            Native.Check(Native.tl_random_generator_initial_seed(Handle, &result));
            GC.KeepAlive(this);
            return (long)result;
        }

        /// <summary>The state as a tensor of bytes, for <see cref="set_state"/>.</summary>
        public Tensor get_state()
        {
            IntPtr result;
            Native.Check(Native.tl_random_generator_get_state(Handle, &result));
            GC.KeepAlive(this);
            return Tensor.FromHandle(result);
        }

        public void set_state(Tensor value)
        {
            Native.Check(Native.tl_random_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        internal static IntPtr HandleOrNull(Generator generator) => generator is null ? IntPtr.Zero : generator.Handle;

        protected virtual void Dispose(bool disposing)
        {
            IntPtr freed = Interlocked.Exchange(ref handle, IntPtr.Zero);
            if (freed != IntPtr.Zero)
            {
                Native.tl_random_generator_free(freed);
            }
        }
    }
}
