namespace TorchSharp;

public static partial class torch
{
    /// <summary>The memory that a tensor and its views share. Address only; entries are read through the tensor.</summary>
    public abstract class Storage
    {
        protected Tensor _tensor;
        protected IntPtr _tensor_data_ptr;

        protected Storage(Tensor tensor, IntPtr data_ptr)
        {
            _tensor = tensor;
            _tensor_data_ptr = data_ptr;
        }

        /// <summary>The address of the storage's first entry, in host or device memory; valid as long as the tensor is.</summary>
        public IntPtr data_ptr() => _tensor_data_ptr;

        /// <summary>Bytes of one entry.</summary>
        public abstract int element_size();
    }

    /// <summary>As <see cref="Storage"/>, with entries of type T.</summary>
    public sealed class Storage<T> : Storage, IDisposable
        where T : unmanaged
    {
        internal Storage(Tensor tensor, IntPtr data_ptr)
            : base(tensor, data_ptr)
        {
        }

        public override unsafe int element_size() => sizeof(T);

        /// <summary>Lets go of the tensor, which is not disposed.</summary>
        public void Dispose()
        {
            _tensor = null;
            _tensor_data_ptr = IntPtr.Zero;
        }
    }

    public unsafe partial class Tensor
    {
        /// <summary>The memory behind this tensor, from its first entry on, which need not be this tensor's.</summary>
        /// <exception cref="ArgumentException">T is not the type of the entries.</exception>
        public Storage<T> storage<T>()
            where T : unmanaged
        {
            RequireElement<T>();
            return new Storage<T>(this, (IntPtr)DataPointer() - (IntPtr)(storage_offset() * ElementSize));
        }
    }
}
