namespace TorchSharp;

public static partial class torch
{
    public static class linalg
    {
        /// <summary>input = U * diag(S) * Vh, the singular values S descending.</summary>
        public static unsafe (Tensor, Tensor, Tensor) svd(Tensor input, bool fullMatrices = true)
        {
            IntPtr left, values, right;
            Native.Check(Native.tl_linear_algebra_svd(input.Handle, fullMatrices ? 1 : 0, &left, &values, &right));
            GC.KeepAlive(input);
            return (new Tensor(left), new Tensor(values), new Tensor(right));
        }
    }
}
