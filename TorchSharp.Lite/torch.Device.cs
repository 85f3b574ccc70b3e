namespace TorchSharp;

public static partial class torch
{
    public static Device CPU = new(DeviceType.CPU);
    public static Device META = new(DeviceType.META);

    public static Device CUDA => InitializeDevice(new Device(DeviceType.CUDA));

    public static Device device(string description) => InitializeDevice(new Device(description));

    public static Device device(string deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(int index) => InitializeDevice(new Device(index));

    /// <summary>Where a tensor lives: a kind of device, and which of them (-1: the current one).</summary>
    public class Device
    {
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index < 0 && deviceType == DeviceType.CUDA ? 0 : index;
        }

        public Device(string deviceType, int index = -1)
            : this(ParseType(deviceType), index)
        {
        }

        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        /// <param name="description">As PyTorch writes it: "cpu", "cuda", "cuda:1".</param>
        public Device(string description)
            : this(ParseType(description.Split(':')[0]), ParseIndex(description))
        {
        }

        public DeviceType type { get; }

        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString() =>
            type == DeviceType.CUDA ? $"cuda:{index}" : type.ToString().ToLowerInvariant();

        private static DeviceType ParseType(string name) =>
            Enum.TryParse(name, ignoreCase: true, out DeviceType type) && Enum.IsDefined(type) && !char.IsDigit(name[0])
                ? type
                : throw new ArgumentException(
                    $"'{name}' is no known device type; known are {string.Join(", ", Enum.GetNames<DeviceType>()).ToLowerInvariant()}.");

        private static int ParseIndex(string description)
        {
            int colon = description.IndexOf(':');
            return colon < 0 ? -1
                : int.TryParse(description.AsSpan(colon + 1), out int index) && index >= 0 ? index
                : throw new ArgumentException($"'{description}' is no device; examples are cpu, cuda and cuda:1.");
        }
    }
}
