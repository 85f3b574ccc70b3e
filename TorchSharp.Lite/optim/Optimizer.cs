using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Methods that change parameters by their gradients.</summary>
    public static partial class optim
    {
        /// <summary>Something with a learning rate that a schedule may set.</summary>
        public interface ILearningRateController
        {
            double LearningRate { get; set; }

            double InitialLearningRate { get; set; }
        }

        public interface IMomentum
        {
            double Momentum { get; set; }
        }

        public interface IBetas
        {
            (double, double) Betas { get; set; }
        }

        /// <summary>
        /// Base of all optimizers: groups of parameters, each with settings of its own. A subclass overrides step; disposing
        /// an optimizer frees its memory of past steps, and leaves the parameters alone.
        /// </summary>
        public abstract partial class Optimizer : IDisposable
        {
            protected IList<ParamGroup> _parameter_groups = [];

            /// <param name="handle">Of a native optimizer; those written in .NET have none and pass IntPtr.Zero.</param>
            protected Optimizer(IntPtr handle)
            {
                if (handle != IntPtr.Zero)
                {
                    throw new ArgumentException("Optimizers are written in .NET here: pass IntPtr.Zero.", nameof(handle));
                }
            }

            public IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

            public virtual IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

            public virtual void add_param_group(ParamGroup param_group) => _parameter_groups.Add(param_group);

            /// <summary>Overwrites all gradients with zeros.</summary>
            public virtual void zero_grad()
            {
                foreach (Parameter parameter in parameters())
                {
                    using Tensor gradient = parameter.grad;
                    gradient?.zero_().Dispose();
                }
            }

            /// <summary>Changes the parameters once, by the gradients they have.</summary>
            /// <param name="closure">Computes the loss and its gradients anew; called first when given.</param>
            /// <returns>What the closure returned, or null.</returns>
            public virtual Tensor step(Func<Tensor> closure = null) =>
                throw new NotImplementedException($"{GetType().Name} must override step.");

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
            }
        }
    }
}
