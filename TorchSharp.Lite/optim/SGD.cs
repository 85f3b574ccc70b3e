using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent, with momentum and Nesterov's look ahead, as PyTorch does it.</summary>
    public sealed class SGD : OptimizerHelper, optim.IMomentum
    {
        public SGD(
            IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        public SGD(
            IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
        {
            _defaults = new Options
            {
                LearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            };
            foreach (ParamGroup group in parameters)
            {
                add_param_group(group);
            }
        }

        /// <summary>Of the first group; setting it sets all groups.</summary>
        public double Momentum
        {
            get => ((Options)_parameter_groups[0].Options).momentum.Value;
            set
            {
                foreach (Modules.ParamGroup group in _parameter_groups)
                {
                    ((Options)group.Options).momentum = value;
                }
            }
        }

        public override void add_param_group(Modules.ParamGroup param_group)
        {
            param_group.Options ??= new Options();
            base.add_param_group(param_group);
        }

        public override Tensor step(Func<Tensor> closure = null) => _step<ParamGroup>(StepGroup, closure);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                DisposeStates();
            }

            base.Dispose(disposing);
        }

        private protected override OptimizerState CreateState(Parameter parameter) => new State(parameter);

        private void StepGroup(ParamGroup group)
        {
            Options options = group.Options;
            double momentum = options.momentum.Value, weightDecay = options.weight_decay.Value;
            foreach (Parameter parameter in group.Parameters)
            {
                Tensor gradient = parameter.grad;
                if (gradient is null)
                {
                    continue;
                }

                gradient = options.maximize.Value ? -gradient : gradient;
                if (weightDecay != 0)
                {
                    gradient = gradient.add(parameter, weightDecay);
                }

                if (momentum != 0)
                {
                    Tensor velocity = ((State)states[parameter.Handle]).Accumulate(gradient, momentum, 1 - options.dampening.Value);
                    gradient = options.nesterov.Value ? gradient.add(velocity, momentum) : velocity;
                }

                parameter.add_(gradient, -options.LearningRate.Value);
            }
        }

        public class Options : OptimizerOptions
        {
            public double? momentum;
            public double? dampening;
            public double? weight_decay;
            public bool? nesterov;
            public bool? maximize;

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                Options options = (Options)source;
                (momentum, dampening, weight_decay) = (options.momentum, options.dampening, options.weight_decay);
                (nesterov, maximize) = (options.nesterov, options.maximize);
            }

            private protected override void Complete(OptimizerOptions defaults)
            {
                base.Complete(defaults);
                Options options = (Options)defaults;
                momentum ??= options.momentum;
                dampening ??= options.dampening;
                weight_decay ??= options.weight_decay;
                nesterov ??= options.nesterov;
                maximize ??= options.maximize;
                RequireNonNegative(LearningRate, nameof(LearningRate));
                RequireNonNegative(momentum, nameof(momentum));
                RequireNonNegative(weight_decay, nameof(weight_decay));
                if (nesterov.Value && (momentum == 0 || dampening != 0))
                {
                    throw new ArgumentException(
                        $"Nesterov needs momentum above 0 and no dampening; got {momentum} and {dampening}.", nameof(nesterov));
                }
            }
        }

        public class State : OptimizerState, IDisposable
        {
            /// <summary>Null before the first step with momentum.</summary>
            public Tensor momentum_buffer;

            public State(Parameter parameter)
                : base(parameter)
            {
            }

            public override void Initialize(OptimizerOptions options) => Replace(ref momentum_buffer, null);

            public override void LoadStateDict(OptimizerState source) => Load(ref momentum_buffer, ((State)source).momentum_buffer);

            public override void to(Device device) => Move(ref momentum_buffer, device);

            public override bool ApproximatelyEquals(OptimizerState other) => other is State state && Close(momentum_buffer, state.momentum_buffer);

            public void Dispose()
            {
                momentum_buffer?.Dispose();
                GC.SuppressFinalize(this);
            }

            /// <summary>The first gradient starts the velocity, undamped.</summary>
            internal Tensor Accumulate(Tensor gradient, double momentum, double share)
            {
                if (momentum_buffer is null)
                {
                    Load(ref momentum_buffer, gradient);
                }
                else
                {
                    momentum_buffer.mul_(momentum).add_(gradient, share);
                }

                return momentum_buffer;
            }
        }

        public class ParamGroup : ParamGroup<Options>, optim.IMomentum
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 0.001, double momentum = 0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false)
                : base(
                    parameters,
                    new Options
                    {
                        LearningRate = lr,
                        momentum = momentum,
                        dampening = dampening,
                        weight_decay = weight_decay,
                        nesterov = nesterov,
                        maximize = maximize,
                    })
            {
            }

            public double Momentum
            {
                get => Options.momentum.Value;
                set => Options.momentum = value;
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static SGD SGD(
                IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<(string, Parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters.Select(named => named.Item2), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
