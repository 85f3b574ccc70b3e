namespace TorchSharp;

public static partial class torch
{
    public static bool cuda_is_available() => cuda.is_available();

    public static unsafe class cuda
    {
        public static bool is_available()
        {
            int result;
            Native.Check(Native.tl_cuda_is_available(&result));
            return result != 0;
        }

        public static bool is_cudnn_available()
        {
            int result;
            Native.Check(Native.tl_cuda_is_cudnn_available(&result));
            return result != 0;
        }

        public static int device_count()
        {
            int result;
            Native.Check(Native.tl_cuda_device_count(&result));
            return result;
        }

        public static void manual_seed(long seed) => Native.Check(Native.tl_cuda_manual_seed((ulong)seed));

        public static void manual_seed_all(long seed) => Native.Check(Native.tl_cuda_manual_seed_all((ulong)seed));

        /// <summary>Waits for all work on the device, or on the current one.</summary>
        public static void synchronize(Device device = null) => Native.Check(Native.tl_cuda_synchronize(device?.index ?? -1));
    }
}
