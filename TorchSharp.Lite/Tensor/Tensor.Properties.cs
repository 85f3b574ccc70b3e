namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public ScalarType dtype => (ScalarType)Integer(&Native.tl_tensor_dtype);

        public Device device
        {
            get
            {
                int type, index;
                Native.Check(Native.tl_tensor_device(Handle, &type, &index));
                GC.KeepAlive(this);
                return type == (int)DeviceType.CPU ? CPU : new Device((DeviceType)type, index);
            }
        }

        public DeviceType device_type => device.type;

        public int device_index => device.index;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_sparse => Integer(&Native.tl_tensor_is_sparse) != 0;

        public long[] shape
        {
            get
            {
                long[] sizes = new long[Dimensions];
                fixed (long* result = sizes)
                {
                    Native.Check(Native.tl_tensor_sizes(Handle, result));
                }

                GC.KeepAlive(this);
                return sizes;
            }
        }

        public long Dimensions => Long(&Native.tl_tensor_dim);

        public long ndim => Dimensions;

        public long NumberOfElements => Long(&Native.tl_tensor_numel);

        /// <summary>Bytes of one element.</summary>
        public long ElementSize => Long(&Native.tl_tensor_element_size);

        public bool is_cpu() => device_type == DeviceType.CPU;

        public long dim() => Dimensions;

        public long numel() => NumberOfElements;

        public long element_size() => ElementSize;

        public long storage_offset() => Long(&Native.tl_tensor_storage_offset);

        public long[] size() => shape;

        public long size(int dim)
        {
            long result;
            Native.Check(Native.tl_tensor_size(Handle, dim, &result));
            GC.KeepAlive(this);
            return result;
        }

        public long[] stride()
        {
            long[] strides = new long[Dimensions];
            fixed (long* result = strides)
            {
                Native.Check(Native.tl_tensor_strides(Handle, result));
            }

            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim)
        {
            long result;
            Native.Check(Native.tl_tensor_stride(Handle, dim, &result));
            GC.KeepAlive(this);
            return result;
        }

        public bool is_contiguous() => Integer(&Native.tl_tensor_is_contiguous) != 0;

        public bool is_pinned() => Integer(&Native.tl_tensor_is_pinned) != 0;

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        /// <summary>Shape, element type and device, such as "[2x3], type = Float32, device = cpu".</summary>
        public override string ToString() =>
            IsInvalid ? "(disposed tensor)" : $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        private long Long(delegate*<IntPtr, long*, int> property)
        {
            long result;
            Native.Check(property(Handle, &result));
            GC.KeepAlive(this);
            return result;
        }

        private int Integer(delegate*<IntPtr, int*, int> property)
        {
            int result;
            Native.Check(property(Handle, &result));
            GC.KeepAlive(this);
            return result;
        }
    }
}
