namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor alias() => Call(&Native.tl_tensor_alias);

        public Tensor clone() => Call(&Native.tl_tensor_clone);

        public Tensor contiguous() => Call(&Native.tl_tensor_contiguous);

        public Tensor pin_memory() => Call(&Native.tl_tensor_pin_memory);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(type, null, copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(null, device, copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(null, new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(
            DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(null, new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(type, device, copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool non_blocking = false) => To(other.dtype, other.device, false, false, non_blocking);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(type, null, copy, disposeAfter, non_blocking);

        public Tensor type(ScalarType dtype) => to_type(dtype);

        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        public Tensor cpu() => to(CPU);

        public Tensor cuda(Device device = null, bool non_blocking = false) => to(device ?? CUDA, non_blocking: non_blocking);

        public Tensor @bool() => to_type(ScalarType.Bool);

        public Tensor @byte() => to_type(ScalarType.Byte);

        public Tensor @char() => to_type(ScalarType.Int8);

        public Tensor @short() => to_type(ScalarType.Int16);

        public Tensor @int() => to_type(ScalarType.Int32);

        public Tensor @long() => to_type(ScalarType.Int64);

        public Tensor half() => to_type(ScalarType.Float16);

        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        public Tensor @float() => to_type(ScalarType.Float32);

        public Tensor @double() => to_type(ScalarType.Float64);

        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            IntPtr result;
            Native.Check(Native.tl_tensor_copy_(Handle, source.Handle, Flag(nonBlocking), &result));
            GC.KeepAlive(this);
            GC.KeepAlive(source);
            return Updated(new Tensor(result));
        }

        public Tensor fill_(Scalar value) => Updated(Call(&Native.tl_tensor_fill_, value));

        public Tensor zero_() => Call(&Native.tl_tensor_zero_);

        private Tensor To(ScalarType? type, Device device, bool copy, bool disposeAfter, bool nonBlocking)
        {
            IntPtr result;
            NativeOptions options = new(type, device is null ? null : InitializeDevice(device));
            Native.Check(Native.tl_tensor_to(Handle, options, Flag(nonBlocking), Flag(copy), &result));
            GC.KeepAlive(this);
            if (disposeAfter)
            {
                Dispose();
            }

            return new Tensor(result);
        }
    }
}
