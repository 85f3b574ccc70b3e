using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public abstract partial class Optimizer
            {
                /// <summary>The settings of all groups and the memory of all parameters: the live objects, not copies.</summary>
                public class StateDictionary
                {
                    internal StateDictionary()
                    {
                    }

                    /// <summary>One a group.</summary>
                    public List<OptimizerOptions> Options { get; } = [];

                    /// <summary>One a parameter.</summary>
                    public List<OptimizerState> State { get; } = [];

                    /// <summary>For each group, where in <see cref="State"/> its parameters are.</summary>
                    public List<List<int>> StateIndexRef { get; } = [];
                }
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>What the optimizers of this library share: defaults for the groups, and a state per parameter.</summary>
    public abstract class OptimizerHelper : optim.Optimizer
    {
        private protected readonly Dictionary<IntPtr, OptimizerState> states = [];
        protected OptimizerOptions _defaults;

        public OptimizerHelper()
            : base(IntPtr.Zero)
        {
        }

        /// <exception cref="ArgumentException">A parameter is in a group already.</exception>
        public override void add_param_group(ParamGroup param_group)
        {
            param_group.Parameters = [.. param_group.Parameters]; // read once: it may be a query that makes new handles
            param_group.Options.CompleteFrom(_defaults);
            foreach (Parameter parameter in param_group.Parameters)
            {
                OptimizerState state = CreateState(parameter);
                state.Initialize(param_group.Options);
                if (!states.TryAdd(parameter.Handle, state))
                {
                    throw new ArgumentException(
                        $"A parameter of shape [{string.Join(", ", parameter.shape)}] is in two groups, or twice in one.", nameof(param_group));
                }
            }

            base.add_param_group(param_group);
        }

        public virtual StateDictionary state_dict()
        {
            StateDictionary dictionary = new();
            foreach (ParamGroup group in _parameter_groups)
            {
                dictionary.Options.Add(group.Options);
                dictionary.StateIndexRef.Add([.. Enumerable.Range(dictionary.State.Count, group.Parameters.Count())]);
                dictionary.State.AddRange(group.Parameters.Select(parameter => states[parameter.Handle]));
            }

            return dictionary;
        }

        /// <summary>Copies settings and memory from an optimizer of the same kind over parameters of the same number.</summary>
        /// <exception cref="ArgumentException">The groups do not match.</exception>
        public virtual void load_state_dict(StateDictionary state_dict)
        {
            StateDictionary own = this.state_dict();
            if (!own.StateIndexRef.Select(group => group.Count).SequenceEqual(state_dict.StateIndexRef.Select(group => group.Count)))
            {
                throw new ArgumentException(
                    $"The state has {state_dict.State.Count} parameters in {state_dict.Options.Count} groups, the optimizer {own.State.Count} in "
                    + $"{own.Options.Count}, or the groups differ in size.",
                    nameof(state_dict));
            }

            foreach ((OptimizerOptions options, OptimizerOptions source) in own.Options.Zip(state_dict.Options))
            {
                options.LoadStateDict(source);
            }

            foreach ((OptimizerState state, OptimizerState source) in own.State.Zip(state_dict.State))
            {
                state.LoadStateDict(source);
            }
        }

        public void to(Device device)
        {
            foreach (OptimizerState state in states.Values)
            {
                state.to(device);
            }
        }

        private protected abstract OptimizerState CreateState(Parameter parameter);

        /// <summary>Runs the body on every group, without recording, in a dispose scope; before that, the closure with recording.</summary>
        protected Tensor _step<T>(Action<T> body, Func<Tensor> loss_closure = null)
            where T : ParamGroup
        {
            Tensor loss = null;
            if (loss_closure != null)
            {
                using IDisposable recording = enable_grad();
                loss = loss_closure();
            }

            using IDisposable guard = no_grad();
            using DisposeScope scope = NewDisposeScope();
            foreach (ParamGroup group in _parameter_groups)
            {
                body((T)group);
            }

            return loss;
        }

        private protected void DisposeStates()
        {
            foreach (IDisposable state in states.Values.OfType<IDisposable>())
            {
                state.Dispose();
            }

            states.Clear();
        }
    }
}
