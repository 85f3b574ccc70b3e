namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// Layers and losses without memory: one native call each. In-place forms overwrite the input and return a second
        /// handle to it.
        /// </summary>
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) =>
                Native.Wrap(Native.tl_activation_relu(x.Handle, Flag(inplace), out IntPtr result), result, x);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                Native.Wrap(Native.tl_activation_leaky_relu(input.Handle, negative_slope, Flag(inplace), out IntPtr result), result, input);

            public static Tensor sigmoid(Tensor x) => sigmoid(x, false);

            public static Tensor sigmoid(Tensor x, bool inplace) =>
                Native.Wrap(Native.tl_activation_sigmoid(x.Handle, Flag(inplace), out IntPtr result), result, x);

            public static Tensor tanh(Tensor x, bool inplace = false) =>
                Native.Wrap(Native.tl_activation_tanh(x.Handle, Flag(inplace), out IntPtr result), result, x);

            public static Tensor silu(Tensor x, bool inplace = false) =>
                Native.Wrap(Native.tl_activation_silu(x.Handle, Flag(inplace), out IntPtr result), result, x);

            public static Tensor gelu(Tensor x) => gelu(x, Modules.GELU.Approximate.none);

            public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

            public static Tensor gelu(Tensor x, Modules.GELU.Approximate approximate, bool inplace = false) =>
                Native.Wrap(Native.tl_activation_gelu(x.Handle, (int)approximate, Flag(inplace), out IntPtr result), result, x);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) =>
                Native.Wrap(Native.tl_activation_softmax(input.Handle, dim, dtype.HasValue ? (int)dtype : -1, out IntPtr result), result, input);

            public static Tensor log_softmax(Tensor x, long dim) =>
                Native.Wrap(Native.tl_activation_log_softmax(x.Handle, dim, -1, out IntPtr result), result, x);

            private static int Flag(bool value) => value ? 1 : 0;
        }
    }
}
