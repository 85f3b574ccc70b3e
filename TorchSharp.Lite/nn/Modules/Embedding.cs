using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Rows of a table by their numbers.</summary>
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        private readonly long paddingIndex;
        private readonly double maxNorm;
        private readonly double normType;
        private readonly bool scaleGradByFreq;
        private readonly bool isSparse;
        private Parameter _weight;

        internal Embedding(Parameter weight, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse)
            : base(nameof(Embedding))
        {
            (paddingIndex, maxNorm, normType) = (padding_idx ?? -1, max_norm ?? -1, norm_type);
            if (paddingIndex < -1)
            {
                paddingIndex += weight.shape[0]; // counted from the last row; -1 itself would mean that there is none
            }

            (scaleGradByFreq, isSparse) = (scale_grad_by_freq, sparse);
            this.weight = weight;
        }

        /// <summary>Shape (rows, size of a row).</summary>
        [MaybeNull]
        public Parameter weight
        {
            get => _weight;
            set => Replace(ref _weight, value ?? throw new ArgumentNullException(nameof(weight)), nameof(weight));
        }

        public override Tensor forward(Tensor input)
        {
            int status = Native.tl_nn_embedding(
                _weight.Handle, input.Handle, paddingIndex, maxNorm, normType, scaleGradByFreq ? 1 : 0, isSparse ? 1 : 0, out IntPtr result);
            return Native.Wrap(status, result, input, _weight);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Rows from N(0, 1); the padding row is 0 and gets no gradient.</summary>
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device device = null, ScalarType? dtype = null)
            {
                Parameter weight = new(empty([num_embeddings, embedding_dims], dtype, device));
                init.normal_(weight);
                if (padding_idx is { } row)
                {
                    using var _ = no_grad();
                    using Tensor padding = weight.select(0, row);
                    padding.zero_();
                }

                return new(weight, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
            }
        }
    }
}
