using System.Diagnostics.CodeAnalysis;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public bool requires_grad
        {
            get => Integer(&Native.tl_autograd_requires_grad) != 0;
            set
            {
                Native.Check(Native.tl_autograd_set_requires_grad(Handle, Flag(value)));
                GC.KeepAlive(this);
            }
        }

        /// <summary>The gradient, as a new object over the same entries at each reading; null when there is none.</summary>
        [MaybeNull]
        public Tensor grad
        {
            get
            {
                IntPtr result;
                Native.Check(Native.tl_autograd_get_grad(Handle, &result));
                GC.KeepAlive(this);
                return result == IntPtr.Zero ? null : new Tensor(result);
            }

            set
            {
                Native.Check(Native.tl_autograd_set_grad(Handle, HandleOrNull(value)));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public bool is_leaf => Integer(&Native.tl_autograd_is_leaf) != 0;

        /// <returns>This object.</returns>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <returns>This object.</returns>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public Tensor detach() => Call(&Native.tl_autograd_detach);

        public Tensor detach_() => Updated(Call(&Native.tl_autograd_detach_));

        /// <summary>Keeps the gradient of a tensor that is no leaf.</summary>
        public void retain_grad()
        {
            Native.Check(Native.tl_autograd_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        /// <summary>Accumulates the gradient of this one-element tensor into the leaves that it was computed from.</summary>
        public void backward() => autograd.backward(this);

        public void backward(
            IList<Tensor> grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor> inputs = null) =>
            autograd.backward(this, grad_tensors, retain_graph, create_graph, inputs);
    }
}
