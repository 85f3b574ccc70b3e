using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp
{
    /// <summary>Padding by name: none, or as much as keeps the size (stride 1 only).</summary>
    public enum Padding
    {
        Valid = 0,
        Same = 1,
    }

    /// <summary>What the padding is filled with.</summary>
    public enum PaddingModes
    {
        Zeros = 0,
        Reflect = 1,
        Replicate = 2,
        Circular = 3,
        Constant = 4,
    }
}

namespace TorchSharp.Modules
{
    /// <summary>What convolutions share: settings with one entry per spatial dimension, parameters, padding.</summary>
    public abstract class Convolution : nn.Module<Tensor, Tensor>
    {
        private Parameter _weight;
        private Parameter _bias;
        private long[] nativePadding;
        private long[] separatePadding; // last dimension first; null: none

        private protected Convolution(
            string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, Padding? padding_type,
            long[] dilation, long groups, bool bias, PaddingModes padding_mode, Device device, ScalarType? dtype, bool transposed = false)
            : base(name)
        {
            RequireDivisible(in_channels, groups, nameof(in_channels));
            RequireDivisible(out_channels, groups, nameof(out_channels));
            (this.in_channels, this.out_channels, this.groups) = (in_channels, out_channels, groups);
            (this.kernel_size, this.stride, this.dilation) = (kernel_size, stride, dilation);
            this.padding_mode = padding_mode;
            output_padding = new long[kernel_size.Length];
            if (padding_type is { } type)
            {
                SetPadding(type);
            }
            else
            {
                SetPadding(padding);
            }

            this.transposed = transposed;
            long[] channels = transposed ? [in_channels, out_channels / groups] : [out_channels, in_channels / groups];
            weight = new Parameter(empty([.. channels, .. kernel_size], dtype, device));
            this.bias = bias ? new Parameter(empty([out_channels], dtype, device)) : null;
            reset_parameters();
        }

        public long in_channels { get; }

        public long out_channels { get; }

        public long[] kernel_size { get; set; }

        public long[] stride { get; set; }

        /// <summary>Null when it is given by name, in <see cref="padding_type"/>.</summary>
        public long[] padding { get; private set; }

        public Padding? padding_type { get; private set; }

        public PaddingModes padding_mode
        {
            get;
            set
            {
                field = value;
                UpdatePadding();
            }
        }

        public long[] dilation { get; set; }

        public long groups { get; set; }

        public bool transposed { get; }

        public long[] output_padding { get; set; }

        /// <summary>Shape (out, in / groups, kernel...), of a transposed convolution (in, out / groups, kernel...).</summary>
        public Parameter weight
        {
            get => _weight;
            set => Replace(ref _weight, value ?? throw new ArgumentNullException(nameof(weight)), nameof(weight));
        }

        [MaybeNull]
        public Parameter bias
        {
            get => _bias;
            set => Replace(ref _bias, value, nameof(bias));
        }

        public void SetPadding(long[] padding)
        {
            (this.padding, padding_type) = (padding, null);
            UpdatePadding();
        }

        /// <exception cref="ArgumentException">Same padding with a stride other than 1.</exception>
        public void SetPadding(Padding padding)
        {
            if (padding == Padding.Same && stride.Any(step => step != 1))
            {
                throw new ArgumentException($"Padding.Same needs stride 1 in every dimension; got [{string.Join(", ", stride)}].", nameof(padding));
            }

            (this.padding, padding_type) = (null, padding);
            UpdatePadding();
        }

        public void reset_parameters() => nn.init.ResetLayer(_weight, _bias);

        private protected Tensor Convolve(Tensor input)
        {
            if (separatePadding is null)
            {
                return nn.functional.convolution(input, _weight, _bias, stride, nativePadding, dilation, groups);
            }

            using Tensor padded = nn.functional.pad(input, separatePadding, padding_mode);
            return nn.functional.convolution(padded, _weight, _bias, stride, nativePadding, dilation, groups);
        }

        // The convolution itself pads with zeros, equally on both sides; anything else is a padding of its own before it.
        private void UpdatePadding()
        {
            long[] zero = new long[kernel_size.Length];
            long[] totals = padding_type == Padding.Same ? [.. kernel_size.Zip(dilation, (kernel, dilation) => dilation * (kernel - 1))] : zero;
            long[] near = padding ?? [.. totals.Select(total => total / 2)];
            long[] far = padding ?? [.. totals.Zip(near, (total, near) => total - near)]; // an odd entry goes here, as in PyTorch
            bool separate = padding_mode is not (PaddingModes.Zeros or PaddingModes.Constant) || !near.SequenceEqual(far);
            nativePadding = separate ? zero : near;
            separatePadding = separate ? [.. near.Zip(far, (near, far) => new[] { near, far }).Reverse().SelectMany(pair => pair)] : null;
        }

        private static void RequireDivisible(long channels, long groups, string parameterName)
        {
            if (groups < 1 || channels % groups != 0)
            {
                throw new ArgumentException($"{parameterName} = {channels} must be a multiple of groups = {groups}.", parameterName);
            }
        }
    }
}
