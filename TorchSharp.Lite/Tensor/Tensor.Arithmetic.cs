namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor add(Tensor target) => add(target, 1);

        public Tensor add(Tensor target, Scalar alpha) => Add(&Native.tl_pointwise_add, target, alpha);

        public Tensor add(Scalar scalar) => add(scalar, 1);

        public Tensor add(Scalar scalar, Scalar alpha) => Add(&Native.tl_pointwise_add_number, scalar, alpha);

        public Tensor add_(Tensor target) => add_(target, 1);

        public Tensor add_(Tensor target, Scalar alpha) => Updated(Add(&Native.tl_pointwise_add_, target, alpha));

        public Tensor add_(Scalar scalar) => add_(scalar, 1);

        public Tensor add_(Scalar scalar, Scalar alpha) => Updated(Add(&Native.tl_pointwise_add__number, scalar, alpha));

        public Tensor sub(Tensor target) => Call(&Native.tl_pointwise_sub, target);

        public Tensor sub(Scalar target) => Call(&Native.tl_pointwise_sub_number, target);

        public Tensor sub_(Tensor target) => Updated(Call(&Native.tl_pointwise_sub_, target));

        public Tensor sub_(Scalar target) => Updated(Call(&Native.tl_pointwise_sub__number, target));

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor subtract(Scalar target) => sub(target);

        public Tensor subtract_(Tensor target) => sub_(target);

        public Tensor subtract_(Scalar target) => sub_(target);

        public Tensor mul(Tensor target) => Call(&Native.tl_pointwise_mul, target);

        public Tensor mul(Scalar target) => Call(&Native.tl_pointwise_mul_number, target);

        public Tensor mul_(Tensor target) => Updated(Call(&Native.tl_pointwise_mul_, target));

        public Tensor mul_(Scalar target) => Updated(Call(&Native.tl_pointwise_mul__number, target));

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor multiply(Scalar target) => mul(target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Divide(&Native.tl_pointwise_div, target, rounding_mode);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Divide(&Native.tl_pointwise_div_number, target, rounding_mode);

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Updated(Divide(&Native.tl_pointwise_div_, target, rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Updated(Divide(&Native.tl_pointwise_div__number, target, rounding_mode));

        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor pow(Tensor exponent) => Call(&Native.tl_pointwise_pow, exponent);

        public Tensor pow(Scalar exponent) => Call(&Native.tl_pointwise_pow_number, exponent);

        public Tensor pow_(Tensor exponent) => Updated(Call(&Native.tl_pointwise_pow_, exponent));

        public Tensor pow_(Scalar exponent) => Updated(Call(&Native.tl_pointwise_pow__number, exponent));

        public Tensor remainder(Tensor target) => Call(&Native.tl_pointwise_remainder, target);

        public Tensor remainder(Scalar scalar) => Call(&Native.tl_pointwise_remainder_number, scalar);

        public Tensor remainder_(Tensor target) => Updated(Call(&Native.tl_pointwise_remainder_, target));

        public Tensor remainder_(Scalar scalar) => Updated(Call(&Native.tl_pointwise_remainder__number, scalar));

        private Tensor Add(delegate*<IntPtr, IntPtr, NativeScalar, IntPtr*, int> operation, Tensor target, Scalar alpha)
        {
            IntPtr result;
            Native.Check(operation(Handle, target.Handle, alpha.Value, &result));
            GC.KeepAlive(this);
            GC.KeepAlive(target);
            return new Tensor(result);
        }

        private Tensor Add(delegate*<IntPtr, NativeScalar, NativeScalar, IntPtr*, int> operation, Scalar scalar, Scalar alpha)
        {
            IntPtr result;
            Native.Check(operation(Handle, scalar.Value, alpha.Value, &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        private Tensor Divide(delegate*<IntPtr, IntPtr, int, IntPtr*, int> operation, Tensor target, RoundingMode rounding)
        {
            IntPtr result;
            Native.Check(operation(Handle, target.Handle, (int)rounding, &result));
            GC.KeepAlive(this);
            GC.KeepAlive(target);
            return new Tensor(result);
        }

        private Tensor Divide(delegate*<IntPtr, NativeScalar, int, IntPtr*, int> operation, Scalar target, RoundingMode rounding)
        {
            IntPtr result;
            Native.Check(operation(Handle, target.Value, (int)rounding, &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }
    }
}
