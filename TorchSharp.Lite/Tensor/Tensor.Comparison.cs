namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor eq(Tensor target) => Call(&Native.tl_pointwise_eq, target);

        public Tensor eq(Scalar target) => Call(&Native.tl_pointwise_eq_number, target);

        public Tensor eq_(Tensor target) => Updated(Call(&Native.tl_pointwise_eq_, target));

        public Tensor eq_(Scalar target) => Updated(Call(&Native.tl_pointwise_eq__number, target));

        public Tensor ne(Tensor target) => Call(&Native.tl_pointwise_ne, target);

        public Tensor ne(Scalar target) => Call(&Native.tl_pointwise_ne_number, target);

        public Tensor ne_(Tensor target) => Updated(Call(&Native.tl_pointwise_ne_, target));

        public Tensor ne_(Scalar target) => Updated(Call(&Native.tl_pointwise_ne__number, target));

        public Tensor lt(Tensor target) => Call(&Native.tl_pointwise_lt, target);

        public Tensor lt(Scalar target) => Call(&Native.tl_pointwise_lt_number, target);

        public Tensor lt_(Tensor target) => Updated(Call(&Native.tl_pointwise_lt_, target));

        public Tensor lt_(Scalar target) => Updated(Call(&Native.tl_pointwise_lt__number, target));

        public Tensor le(Tensor target) => Call(&Native.tl_pointwise_le, target);

        public Tensor le(Scalar target) => Call(&Native.tl_pointwise_le_number, target);

        public Tensor le_(Tensor target) => Updated(Call(&Native.tl_pointwise_le_, target));

        public Tensor le_(Scalar target) => Updated(Call(&Native.tl_pointwise_le__number, target));

        public Tensor gt(Tensor target) => Call(&Native.tl_pointwise_gt, target);

        public Tensor gt(Scalar target) => Call(&Native.tl_pointwise_gt_number, target);

        public Tensor gt_(Tensor target) => Updated(Call(&Native.tl_pointwise_gt_, target));

        public Tensor gt_(Scalar target) => Updated(Call(&Native.tl_pointwise_gt__number, target));

        public Tensor ge(Tensor target) => Call(&Native.tl_pointwise_ge, target);

        public Tensor ge(Scalar target) => Call(&Native.tl_pointwise_ge_number, target);

        public Tensor ge_(Tensor target) => Updated(Call(&Native.tl_pointwise_ge_, target));

        public Tensor ge_(Scalar target) => Updated(Call(&Native.tl_pointwise_ge__number, target));

        /// <summary>As <see cref="eq(Tensor)"/>: entry by entry.</summary>
        public Tensor equal(Tensor target) => eq(target);

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor less(Tensor target) => lt(target);

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor greater(Tensor target) => gt(target);

        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor logical_and(Tensor other) => Call(&Native.tl_pointwise_logical_and, other);

        public Tensor logical_and_(Tensor other) => Updated(Call(&Native.tl_pointwise_logical_and_, other));

        public Tensor logical_or(Tensor other) => Call(&Native.tl_pointwise_logical_or, other);

        public Tensor logical_or_(Tensor other) => Updated(Call(&Native.tl_pointwise_logical_or_, other));

        public Tensor logical_xor(Tensor other) => Call(&Native.tl_pointwise_logical_xor, other);

        public Tensor logical_xor_(Tensor other) => Updated(Call(&Native.tl_pointwise_logical_xor_, other));

        public Tensor bitwise_and(Tensor other) => Call(&Native.tl_pointwise_bitwise_and, other);

        public Tensor bitwise_and_(Tensor other) => Updated(Call(&Native.tl_pointwise_bitwise_and_, other));

        public Tensor bitwise_or(Tensor other) => Call(&Native.tl_pointwise_bitwise_or, other);

        public Tensor bitwise_or_(Tensor other) => Updated(Call(&Native.tl_pointwise_bitwise_or_, other));

        public Tensor bitwise_xor(Tensor other) => Call(&Native.tl_pointwise_bitwise_xor, other);

        public Tensor bitwise_xor_(Tensor other) => Updated(Call(&Native.tl_pointwise_bitwise_xor_, other));

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            int result;
            Native.Check(Native.tl_reduction_allclose(Handle, target.Handle, rtol, atol, Flag(equal_nan), &result));
            GC.KeepAlive(this);
            GC.KeepAlive(target);
            return result != 0;
        }

        /// <summary>Same shape and the same entries; NaN differs from NaN.</summary>
        public bool Equals(Tensor target)
        {
            if (target is null)
            {
                return false;
            }

            int result;
            Native.Check(Native.tl_reduction_equal(Handle, target.Handle, &result));
            GC.KeepAlive(this);
            GC.KeepAlive(target);
            return result != 0;
        }

        public override bool Equals(object obj) => obj is Tensor target && Equals(target);

        /// <summary>Of the object, not of the entries, which may change.</summary>
        public override int GetHashCode() => base.GetHashCode();
    }
}
