namespace TorchSharp;

public static partial class torch
{
    public static unsafe class autograd
    {
        public static void backward(
            IList<Tensor> tensors,
            IList<Tensor> grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor> inputs = null)
        {
            IntPtr[] outputs = Handles(tensors);
            IntPtr[] gradients = Handles(grad_tensors, outputs.Length, nameof(grad_tensors));
            IntPtr[] leaves = Handles(inputs);
            fixed (IntPtr* firstOutput = outputs)
            fixed (IntPtr* firstGradient = gradients)
            fixed (IntPtr* firstLeaf = leaves)
            {
                Native.Check(Native.tl_autograd_backward(
                    firstOutput, firstGradient, outputs.Length, Flag(retain_graph ?? create_graph), Flag(create_graph), firstLeaf, leaves.Length));
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        public static void backward(
            Tensor tensor, IList<Tensor> grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor> inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor> inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        /// <returns>One gradient per input; null where the outputs do not depend on it and <paramref name="allow_unused"/> is set.</returns>
        public static IList<Tensor> grad(
            IList<Tensor> outputs,
            IList<Tensor> inputs,
            IList<Tensor> grad_outputs = null,
            bool retain_graph = false,
            bool create_graph = false,
            bool allow_unused = false)
        {
            IntPtr[] from = Handles(outputs);
            IntPtr[] gradients = Handles(grad_outputs, from.Length, nameof(grad_outputs));
            IntPtr[] to = Handles(inputs);
            IntPtr[] results = new IntPtr[to.Length];
            fixed (IntPtr* firstOutput = from)
            fixed (IntPtr* firstGradient = gradients)
            fixed (IntPtr* firstInput = to)
            fixed (IntPtr* firstResult = results)
            {
                Native.Check(Native.tl_autograd_grad(
                    firstOutput,
                    firstGradient,
                    from.Length,
                    firstInput,
                    to.Length,
                    Flag(retain_graph || create_graph),
                    Flag(create_graph),
                    Flag(allow_unused),
                    firstResult));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Array.ConvertAll(results, result => result == IntPtr.Zero ? null : Tensor.FromHandle(result));
        }

        private static int Flag(bool value) => value ? 1 : 0;

        private static IntPtr[] Handles(IList<Tensor> tensors) => tensors is null ? [] : [.. tensors.Select(Tensor.HandleOrNull)];

        private static IntPtr[] Handles(IList<Tensor> gradients, int count, string name) =>
            gradients is null || gradients.Count == count
                ? Handles(gradients)
                : throw new ArgumentException($"There are {gradients.Count} gradients for {count} tensors.", name);
    }
}
