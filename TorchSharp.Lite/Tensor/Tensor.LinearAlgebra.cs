namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor matmul(Tensor target) => Call(&Native.tl_linear_algebra_matmul, target);

        public Tensor mm(Tensor target) => Call(&Native.tl_linear_algebra_mm, target);

        public Tensor mv(Tensor target) => Call(&Native.tl_linear_algebra_mv, target);

        public Tensor bmm(Tensor batch2) => Call(&Native.tl_linear_algebra_bmm, batch2);

        public Tensor dot(Tensor target) => Call(&Native.tl_linear_algebra_dot, target);

        public Tensor outer(Tensor vec2) => Call(&Native.tl_linear_algebra_outer, vec2);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            AddProduct(&Native.tl_linear_algebra_addmm, mat1, mat2, beta, alpha);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Updated(AddProduct(&Native.tl_linear_algebra_addmm_, mat1, mat2, beta, alpha));

        private Tensor AddProduct(
            delegate*<IntPtr, IntPtr, IntPtr, double, double, IntPtr*, int> operation, Tensor first, Tensor second, double beta, double alpha)
        {
            IntPtr result;
            Native.Check(operation(Handle, first.Handle, second.Handle, beta, alpha, &result));
            GC.KeepAlive(this);
            GC.KeepAlive(first);
            GC.KeepAlive(second);
            return new Tensor(result);
        }
    }
}
