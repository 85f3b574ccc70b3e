using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Reading and writing the entries.</summary>
    public unsafe partial class Tensor
    {
        /// <summary>The memory of a contiguous tensor on the CPU, as bytes; valid as long as the tensor is.</summary>
        /// <exception cref="InvalidOperationException">The tensor is on a device, or not contiguous.</exception>
        public Span<byte> bytes
        {
            get
            {
                RequireCpu();
                if (!is_contiguous())
                {
                    throw new InvalidOperationException(
                        $"The bytes of a tensor that is not contiguous ({this}) cannot be read in order; call contiguous() first.");
                }

                return new Span<byte>(DataPointer(), checked((int)(NumberOfElements * ElementSize)));
            }

            set
            {
                Span<byte> target = bytes;
                if (value.Length != target.Length)
                {
                    throw new ArgumentException($"{value.Length} bytes were given for the {target.Length} bytes of {this}.", nameof(value));
                }

                value.CopyTo(target);
            }
        }

        /// <summary>Typed access to the entries, in row-major order.</summary>
        /// <exception cref="ArgumentException">T is not the type of the entries.</exception>
        /// <exception cref="InvalidOperationException">The tensor is on a device.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            RequireElement<T>();
            RequireCpu();
            return new TensorAccessor<T>(this);
        }

        /// <summary>The only entry.</summary>
        /// <exception cref="ArgumentException">There is not exactly one entry, or T is not its type.</exception>
        public T item<T>()
            where T : unmanaged
        {
            RequireElement<T>();
            if (NumberOfElements != 1)
            {
                throw new ArgumentException($"item() needs a tensor of exactly one element; this one is {this}.");
            }

            using Tensor onCpu = cpu();
            T value = *(T*)onCpu.DataPointer();
            GC.KeepAlive(onCpu);
            return value;
        }

        /// <summary>The only entry, whatever its type and device.</summary>
        public Scalar ToScalar()
        {
            NativeScalar result;
            Native.Check(Native.tl_tensor_item(Handle, &result));
            GC.KeepAlive(this);
            return new Scalar(result);
        }

        public static explicit operator float(Tensor value) => value.ToSingle();

        public static explicit operator double(Tensor value) => value.ToDouble();

        public static explicit operator byte(Tensor value) => value.ToByte();

        public static explicit operator sbyte(Tensor value) => value.ToSByte();

        public static explicit operator short(Tensor value) => value.ToInt16();

        public static explicit operator int(Tensor value) => value.ToInt32();

        public static explicit operator long(Tensor value) => value.ToInt64();

        public static explicit operator bool(Tensor value) => value.ToBoolean();

        /// <summary>The address of the first entry; host or device memory.</summary>
        internal void* DataPointer()
        {
            void* result;
            Native.Check(Native.tl_tensor_data(Handle, &result));
            GC.KeepAlive(this);
            return result;
        }

        private void RequireCpu()
        {
            if (!is_cpu())
            {
                throw new InvalidOperationException(
                    $"The entries of a tensor on {device} cannot be read or written from here; move it with cpu() first.");
            }
        }

        private void RequireElement<T>()
            where T : unmanaged
        {
            if (ElementTypes.Of<T>() != dtype)
            {
                throw new ArgumentException($"The entries are {dtype}, not {ElementTypes.Of<T>()} ({typeof(T).Name}); convert with to_type first.");
            }
        }
    }
}
