namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An n-dimensional array of libtorch. Dispose it, or create it inside a dispose scope; the garbage collector frees
    /// what is forgotten, but late.
    /// </summary>
    public unsafe partial class Tensor : IDisposable
    {
        private static long totalCount;
        private static long peakCount;
        private IntPtr handle;

        /// <summary>Takes over a native tensor and gives it to the innermost dispose scope of the thread.</summary>
        internal Tensor(IntPtr handle)
        {
            this.handle = handle;
            long count = Interlocked.Increment(ref totalCount);
            for (long peak = peakCount; count > peak; peak = peakCount)
            {
                Interlocked.CompareExchange(ref peakCount, count, peak);
            }

            DisposeScopeManager.Current.Register(this);
        }

        ~Tensor() => Dispose(false);

        /// <summary>Native tensors alive in the process.</summary>
        public static long TotalCount => Interlocked.Read(ref totalCount);

        /// <summary>The largest value that <see cref="TotalCount"/> has had.</summary>
        public static long PeakCount => Interlocked.Read(ref peakCount);

        public bool IsInvalid => handle == IntPtr.Zero;

        /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
        public IntPtr Handle
        {
            get
            {
                ObjectDisposedException.ThrowIf(handle == IntPtr.Zero, this);
                return handle;
            }
        }

        internal DisposeScope OwningDisposeScope { get; set; }

        /// <summary>Wraps a native tensor that the caller owns.</summary>
        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Gives the native tensor away: this object becomes invalid, and the receiver frees the handle.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            IntPtr given = Handle;
            handle = IntPtr.Zero;
            LeaveScope();
            Interlocked.Decrement(ref totalCount);
            GC.SuppressFinalize(this);
            return given;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope other)
        {
            if (OwningDisposeScope == null)
            {
                other?.Attach(this);
            }
            else
            {
                OwningDisposeScope.MoveToOther(other, this);
            }

            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        internal static Tensor FromHandle(IntPtr handle) => new(handle);

        /// <summary>The handle of a tensor, or null for the absence of one.</summary>
        internal static IntPtr HandleOrNull(Tensor tensor) => tensor is null ? IntPtr.Zero : tensor.Handle;

        protected virtual void Dispose(bool disposing)
        {
            IntPtr freed = Interlocked.Exchange(ref handle, IntPtr.Zero);
            if (freed == IntPtr.Zero)
            {
                return;
            }

            if (disposing)
            {
                LeaveScope();
            }

            Native.tl_tensor_free(freed);
            Interlocked.Decrement(ref totalCount);
        }

        private void LeaveScope()
        {
            if (OwningDisposeScope == null)
            {
                DisposeScopeManager.Statistics.TensorStatistics.DisposedOutsideScopeCount++;
            }
            else
            {
                OwningDisposeScope.MarkAsDisposed(this);
            }
        }
    }
}
