using TorchSharp;

namespace SparseHybrid.Training;

/// <summary>Where training runs.</summary>
public enum ComputeDevice
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>The first CUDA device.</summary>
    Cuda,
}

/// <summary>From the choice of a device to the device itself.</summary>
public static class ComputeDevices
{
    /// <summary>The device, ready to use.</summary>
    /// <param name="device">The choice.</param>
    /// <exception cref="DeviceException">There is no such device here.</exception>
    public static torch.Device Open(this ComputeDevice device)
    {
        if (device == ComputeDevice.Cpu)
        {
            return torch.CPU;
        }

        if (!torch.cuda.is_available())
        {
            throw new DeviceException(
                what: "Cannot train on CUDA.",
                why: "The libtorch in use finds no CUDA device.",
                fix: $"Choose the device cpu, or {TorchSharpPackage.HowToGetCuda} on a machine that has such a device.");
        }

        return torch.CUDA;
    }
}
