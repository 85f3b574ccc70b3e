namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What becomes of the losses of a batch, numbered as libtorch numbers them.</summary>
        public enum Reduction
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        public static partial class functional
        {
            /// <param name="input">Scores, classes along dimension 1.</param>
            /// <param name="target">Class indices (Int64), or probabilities in the shape of <paramref name="input"/>.</param>
            /// <param name="label_smoothing">Share of the target spread evenly over all classes, 0 to 1.</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean,
                double label_smoothing = 0) =>
                Native.Wrap(
                    Native.tl_loss_cross_entropy(
                        input.Handle, target.Handle, Tensor.HandleOrNull(weight), ignore_index, (int)reduction, label_smoothing,
                        out IntPtr result),
                    result, input, target, weight);

            /// <param name="input">Log-probabilities, classes along dimension 1.</param>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor weight = null, Reduction reduction = Reduction.Mean) =>
                Native.Wrap(
                    Native.tl_loss_nll(input.Handle, target.Handle, Tensor.HandleOrNull(weight), (int)reduction, out IntPtr result),
                    result, input, target, weight);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Native.Wrap(Native.tl_loss_mse(input.Handle, target.Handle, (int)reduction, out IntPtr result), result, input, target);
        }
    }
}
