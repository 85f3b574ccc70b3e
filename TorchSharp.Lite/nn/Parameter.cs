using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>A tensor that a module learns: registered by the modules that hold it, and updated by optimizers.</summary>
    public class Parameter : torch.Tensor
    {
        /// <param name="data">Taken over: afterwards it is empty, and the parameter has its storage and its place in a dispose scope.</param>
        /// <param name="requires_grad">Whether gradients are recorded.</param>
        public Parameter(torch.Tensor data, bool requires_grad = true)
            : this(data.OwningDisposeScope, TakeOver(data, requires_grad))
        {
        }

        private Parameter(DisposeScope owner, IntPtr handle)
            : base(handle) => MoveToOtherDisposeScope(owner);

        private static IntPtr TakeOver(torch.Tensor data, bool requiresGrad)
        {
            torch.Tensor leaf = data.detach(); // the same storage, without history
            data.Dispose();
            leaf.requires_grad = requiresGrad;
            return leaf.DecoupleFromNativeHandle();
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
