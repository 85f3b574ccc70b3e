using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The shape of a tensor: a value, compared entry by entry.</summary>
    public readonly struct Size : IEnumerable<long>
    {
        public static Size Empty = new(Array.Empty<long>());

        private readonly long[] shape;

        public Size(long[] shape) => this.shape = (long[])shape.Clone();

        public Size(int[] shape) => this.shape = Array.ConvertAll(shape, size => (long)size);

        public Size(IEnumerable<long> shape) => this.shape = [.. shape];

        public Size(long size) => shape = [size];

        public long[] Shape => shape ?? [];

        public int Length => Shape.Length;

        public bool IsEmpty => Length == 0;

        public bool IsScalar => Length == 0;

        public long this[int idx] => Shape[idx];

        public long this[long idx] => Shape[idx];

        public static implicit operator Size(long size) => new(size);

        public static implicit operator Size(long[] size) => new(size);

        public static bool operator ==(Size left, Size right) => left.Shape.AsSpan().SequenceEqual(right.Shape);

        public static bool operator !=(Size left, Size right) => !(left == right);

        public static Size operator +(Size left, Size right) => new([.. left.Shape, .. right.Shape]);

        /// <summary>The product of the sizes.</summary>
        public long numel() => Shape.TotalSize();

        public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Shape).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override bool Equals(object obj) => obj is Size size && this == size;

        public override int GetHashCode()
        {
            HashCode hash = default;
            foreach (long size in Shape)
            {
                hash.Add(size);
            }

            return hash.ToHashCode();
        }
    }
}
