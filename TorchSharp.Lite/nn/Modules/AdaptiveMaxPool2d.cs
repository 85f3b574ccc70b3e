using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The maxima of windows chosen so that the output has the given height and width.</summary>
    public sealed class AdaptiveMaxPool2d : ParameterLessModule<Tensor, Tensor>
    {
        internal AdaptiveMaxPool2d(long[] output_size)
            : base(nameof(AdaptiveMaxPool2d)) => this.output_size = output_size;

        public long[] output_size { get; set; }

        public override Tensor forward(Tensor input)
        {
            (Tensor result, Tensor indices) = forward_with_indices(input);
            indices.Dispose();
            return result;
        }

        public (Tensor, Tensor) forward_with_indices(Tensor input)
        {
            int status = Native.tl_nn_adaptive_max_pool2d(input.Handle, output_size, out IntPtr result, out IntPtr indices);
            return (Native.Wrap(status, result, input), Native.Wrap(status, indices));
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static AdaptiveMaxPool2d AdaptiveMaxPool2d(long[] output_size) => new(output_size);
        }
    }
}
