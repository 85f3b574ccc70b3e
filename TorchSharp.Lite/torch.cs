namespace TorchSharp;

/// <summary>The entry points of PyTorch, named as PyTorch names them.</summary>
public static partial class torch
{
    /// <summary>A CUDA device was found: asking the driver again for every new tensor would cost time.</summary>
    private static bool cudaIsKnown;

    /// <summary>The version of the libtorch that was loaded, such as "1.13.1".</summary>
    public static string __version__ => LibtorchVersion.Loaded;

    /// <summary>Loads libtorch and makes sure that it has such devices.</summary>
    /// <exception cref="InvalidOperationException">There is no such device.</exception>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        _ = __version__; // loads libtorch
        if (deviceType != DeviceType.CUDA || cudaIsKnown)
        {
            return;
        }

        cudaIsKnown = cuda.is_available();
        if (!cudaIsKnown)
        {
            throw new InvalidOperationException(
                $"There is no CUDA device that libtorch {__version__} can use. Use the device cpu, "
                + "or set LIBTORCH to a libtorch built for CUDA on a machine with an NVIDIA GPU.");
        }
    }

    public static bool TryInitializeDeviceType(DeviceType deviceType)
    {
        try
        {
            InitializeDeviceType(deviceType);
            return true;
        }
        catch (Exception error) when (error is InvalidOperationException or DllNotFoundException)
        {
            return false;
        }
    }

    /// <summary>The device, or the CPU when there is none, after making sure that libtorch has it.</summary>
    public static Device InitializeDevice(Device device)
    {
        device ??= CPU;
        if (device.type == DeviceType.CUDA)
        {
            InitializeDeviceType(DeviceType.CUDA);
        }

        return device;
    }

    /// <summary>Threads that one operation may use.</summary>
    public static unsafe int get_num_threads()
    {
        int result;
        Native.Check(Native.tl_threads_get(&result));
        return result;
    }

    public static void set_num_threads(int num) => Native.Check(Native.tl_threads_set(num));

    /// <summary>Operations that may run at once.</summary>
    public static unsafe int get_num_interop_threads()
    {
        int result;
        Native.Check(Native.tl_threads_get_interop(&result));
        return result;
    }

    public static void set_num_interop_threads(int num) => Native.Check(Native.tl_threads_set_interop(num));
}
