namespace TorchSharp;

/// <summary>Moving a module to another device or element type, in place; each returns the module itself.</summary>
public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => Convert(module, type, device, non_blocking);

    public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
        where T : torch.nn.Module => Convert(module, null, device, non_blocking);

    public static T to<T>(this T module, string device, bool non_blocking = false)
        where T : torch.nn.Module => Convert(module, null, torch.device(device), non_blocking);

    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module => Convert(module, null, torch.device(deviceType, deviceIndex), non_blocking);

    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => Convert(module, type, null, non_blocking);

    public static T to<T>(this T module, torch.Tensor other, bool non_blocking = false)
        where T : torch.nn.Module => Convert(module, other.dtype, other.device, non_blocking);

    public static T cpu<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => Convert(module, null, torch.CPU, non_blocking);

    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module => Convert(module, null, torch.device(DeviceType.CUDA, deviceIndex), non_blocking);

    public static T half<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => Convert(module, torch.ScalarType.Float16, null, non_blocking);

    public static T bfloat16<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => Convert(module, torch.ScalarType.BFloat16, null, non_blocking);

    public static T @float<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => Convert(module, torch.ScalarType.Float32, null, non_blocking);

    public static T @double<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => Convert(module, torch.ScalarType.Float64, null, non_blocking);

    private static T Convert<T>(T module, torch.ScalarType? type, torch.Device device, bool nonBlocking)
        where T : torch.nn.Module
    {
        module.Convert(type, device, nonBlocking);
        return module;
    }
}
