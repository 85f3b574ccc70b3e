namespace TorchSharp;

public static partial class torch
{
    /// <summary>One part of x[...]: a position, a range, a mask or index tensor, a new dimension, or the rest.</summary>
    public readonly struct TensorIndex
    {
        public static readonly TensorIndex Ellipsis = new(NativeIndexKind.Ellipsis);

        /// <summary>A new dimension of size 1.</summary>
        public static readonly TensorIndex None = new(NativeIndexKind.None);

        public static readonly TensorIndex Null = None;

        /// <summary>The whole dimension.</summary>
        public static readonly TensorIndex Colon = Slice();

        private readonly NativeIndexKind kind;
        private readonly long start;
        private readonly long stop;
        private readonly long step;
        private readonly Tensor tensor;

        private TensorIndex(
            NativeIndexKind kind, long start = NativeIndex.Open, long stop = NativeIndex.Open, long step = NativeIndex.Open, Tensor tensor = null)
        {
            this.kind = kind;
            this.start = start;
            this.stop = stop;
            this.step = step;
            this.tensor = tensor;
        }

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Single(long? index) => index.HasValue ? new(NativeIndexKind.Integer, index.Value) : None;

        public static TensorIndex Bool(bool value) => new(NativeIndexKind.Boolean, value ? 1 : 0);

        public static TensorIndex Tensor(Tensor tensor) => new(NativeIndexKind.Tensor, tensor: tensor);

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new(NativeIndexKind.Slice, start ?? NativeIndex.Open, stop ?? NativeIndex.Open, step ?? NativeIndex.Open);

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(Start(range.Start), Stop(range.End));

        internal NativeIndex ToNative() => new()
        {
            Kind = kind,
            Start = start,
            Stop = stop,
            Step = step,
            Tensor = torch.Tensor.HandleOrNull(tensor),
        };

        private static long Start(Index index) => index.IsFromEnd ? -index.Value : index.Value;

        /// <summary>The end of a range; ^0 is open, because -0 would mean the beginning.</summary>
        private static long? Stop(Index index) => !index.IsFromEnd ? index.Value : index.Value == 0 ? null : -index.Value;
    }
}
