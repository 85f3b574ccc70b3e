namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Fused(&Native.tl_pointwise_addcmul, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Updated(Fused(&Native.tl_pointwise_addcmul_, tensor1, tensor2, value));

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Fused(&Native.tl_pointwise_addcdiv, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Updated(Fused(&Native.tl_pointwise_addcdiv_, tensor1, tensor2, value));

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => addcdiv(tensor1, tensor2, 1);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => addcdiv_(tensor1, tensor2, 1);

        public Tensor lerp(Tensor end, Tensor weight) => Call(&Native.tl_pointwise_lerp, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight) => Updated(Call(&Native.tl_pointwise_lerp_, end, weight));

        public Tensor clamp(Scalar min = null, Scalar max = null) => Clamp(&Native.tl_pointwise_clamp, min, max);

        public Tensor clamp(Tensor min = null, Tensor max = null) => Clamp(&Native.tl_pointwise_clamp_tensor, min, max);

        public Tensor clamp_min(Scalar min) => clamp(min, (Scalar)null);

        public Tensor clamp_max(Scalar max) => clamp((Scalar)null, max);

        public Tensor clamp_(Scalar min = null, Scalar max = null) => Updated(Clamp(&Native.tl_pointwise_clamp_, min, max));

        public Tensor clamp_(Tensor min = null, Tensor max = null) => Updated(Clamp(&Native.tl_pointwise_clamp__tensor, min, max));

        public Tensor clamp_min_(Scalar min) => clamp_(min, (Scalar)null);

        public Tensor clamp_max_(Scalar max) => clamp_((Scalar)null, max);

        public Tensor clip(Scalar min = null, Scalar max = null) => clamp(min, max);

        public Tensor maximum(Tensor other) => Call(&Native.tl_pointwise_maximum, other);

        public Tensor minimum(Tensor other) => Call(&Native.tl_pointwise_minimum, other);

        /// <summary>This where the condition holds, y elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) => condition.Call(&Native.tl_pointwise_where, this, y);

        private Tensor Fused(
            delegate*<IntPtr, IntPtr, IntPtr, NativeScalar, IntPtr*, int> operation, Tensor first, Tensor second, Scalar value)
        {
            IntPtr result;
            Native.Check(operation(Handle, first.Handle, second.Handle, value.Value, &result));
            GC.KeepAlive(this);
            GC.KeepAlive(first);
            GC.KeepAlive(second);
            return new Tensor(result);
        }

        private Tensor Clamp(delegate*<IntPtr, NativeScalar, NativeScalar, IntPtr*, int> operation, Scalar min, Scalar max)
        {
            IntPtr result;
            Native.Check(operation(Handle, Scalar.ValueOrNone(min), Scalar.ValueOrNone(max), &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        private Tensor Clamp(delegate*<IntPtr, IntPtr, IntPtr, IntPtr*, int> operation, Tensor min, Tensor max)
        {
            IntPtr result;
            Native.Check(operation(Handle, HandleOrNull(min), HandleOrNull(max), &result));
            GC.KeepAlive(this);
            GC.KeepAlive(min);
            GC.KeepAlive(max);
            return new Tensor(result);
        }
    }
}
