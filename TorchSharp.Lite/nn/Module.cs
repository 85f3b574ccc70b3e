using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Layers, losses and how they are put together.</summary>
    public static partial class nn
    {
        /// <summary>
        /// A part of a network with its parameters, buffers and submodules. Disposing it disposes all of them: once
        /// registered they belong to the module, not to a dispose scope.
        /// </summary>
        public partial class Module : IDisposable
        {
            protected readonly string name;
            private readonly OrderedDictionary<string, Parameter> ownParameters = [];
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> ownBuffers = [];
            private readonly OrderedDictionary<string, Module> submodules = [];

            protected Module(string name) => this.name = name;

            /// <summary>Whether layers that act differently in training (dropout, batch norm) do so.</summary>
            public bool training { get; private set; } = true;

            public virtual string GetName() => string.IsNullOrEmpty(name) ? GetType().Name : name;

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (Module child in submodules.Values)
                {
                    child.train(train);
                }
            }

            public virtual void eval() => train(false);

            /// <summary>Applies the action to every submodule, children first, and to this module last.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (Module child in submodules.Values)
                {
                    child.apply(fn);
                }

                fn(this);
                return this;
            }

            /// <param name="set_to_none">True lets the gradients go; false overwrites them with zeros.</param>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (Parameter parameter in parameters())
                {
                    using Tensor gradient = parameter.grad;
                    if (gradient is null)
                    {
                        continue;
                    }

                    if (set_to_none)
                    {
                        parameter.grad = null;
                    }
                    else
                    {
                        gradient.zero_().Dispose();
                    }
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }

                foreach (Module child in submodules.Values)
                {
                    child.Dispose();
                }

                foreach (Parameter parameter in ownParameters.Values)
                {
                    parameter.Dispose();
                }

                foreach ((Tensor tensor, _) in ownBuffers.Values)
                {
                    tensor.Dispose();
                }
            }
        }
    }
}
