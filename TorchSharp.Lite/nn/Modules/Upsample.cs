using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Resizes the spatial dimensions, to the nearest entry or linearly.</summary>
    public sealed class Upsample : ParameterLessModule<Tensor, Tensor>
    {
        private readonly long[] _size;
        private readonly double[] _scale_factor;

        internal Upsample(long[] size, double[] scale_factor, UpsampleMode mode, bool? align_corners, bool? recompute_scale_factor)
            : base(nameof(Upsample))
        {
            if (size is null == scale_factor is null)
            {
                throw new ArgumentException("Either the size or the scale factor must be given.", nameof(size));
            }

            if (mode is not (UpsampleMode.Nearest or UpsampleMode.Linear or UpsampleMode.Bilinear) || recompute_scale_factor == true)
            {
                throw new NotSupportedException(
                    $"Mode {mode} with recompute_scale_factor {recompute_scale_factor}: nearest, linear and bilinear without it are supported.");
            }

            (_size, _scale_factor, this.mode) = (size, scale_factor, mode);
            (this.align_corners, this.recompute_scale_factor) = (align_corners, recompute_scale_factor);
        }

        public ReadOnlySpan<long> size => _size;

        public ReadOnlySpan<double> scale_factor => _scale_factor;

        public UpsampleMode mode { get; }

        public bool? align_corners { get; }

        public bool? recompute_scale_factor { get; set; }

        public override Tensor forward(Tensor input)
        {
            int spatial = (int)input.dim() - 2;
            int status = Native.tl_nn_upsample(
                input.Handle, Fitting(_size, spatial), Fitting(_scale_factor, spatial), spatial, mode == UpsampleMode.Nearest ? 0 : 1,
                align_corners == true ? 1 : 0, out IntPtr result);
            return Native.Wrap(status, result, input);
        }

        private static T[] Fitting<T>(T[] values, int dimensions) => values is null || values.Length == dimensions
            ? values
            : throw new ArgumentException($"{values.Length} entries do not fit {dimensions} spatial dimensions.");
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        /// <summary>How new entries are found between old ones.</summary>
        public enum UpsampleMode
        {
            Nearest = 0,
            Linear = 1,
            Bilinear = 2,
            Bicubic = 3,
            Trilinear = 4,
        }

        public static partial class nn
        {
            public static Upsample Upsample(
                long[] size = null, double[] scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest, bool? align_corners = null,
                bool? recompute_scale_factor = null) =>
                new(size, scale_factor, mode, align_corners, recompute_scale_factor);
        }
    }
}
