using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Adam (Kingma and Ba, arXiv:1412.6980) with weight decay in the gradient, as PyTorch does it.</summary>
    public sealed class Adam : OptimizerHelper, optim.IBetas
    {
        public Adam(
            IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        public Adam(
            IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        {
            _defaults = new Options
            {
                LearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            };
            foreach (ParamGroup group in parameters)
            {
                add_param_group(group);
            }
        }

        /// <summary>Of the first group; setting it sets all groups.</summary>
        public (double, double) Betas
        {
            get => ((ParamGroup)_parameter_groups[0]).Betas;
            set
            {
                foreach (ParamGroup group in _parameter_groups.Cast<ParamGroup>())
                {
                    group.Betas = value;
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
            (double beta1, double beta2) = group.Betas;
            foreach (Parameter parameter in group.Parameters)
            {
                Tensor gradient = parameter.grad;
                if (gradient is null)
                {
                    continue;
                }

                State state = (State)states[parameter.Handle];
                state.step++;
                gradient = options.maximize.Value ? -gradient : gradient;
                gradient = options.weight_decay.Value != 0 ? gradient.add(parameter, options.weight_decay.Value) : gradient;
                state.exp_avg.mul_(beta1).add_(gradient, 1 - beta1);
                state.exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);

                // Both averages start at zero; the corrections divide out the share that has not been filled yet.
                double correction1 = 1 - Math.Pow(beta1, state.step), correction2 = 1 - Math.Pow(beta2, state.step);
                Tensor secondMoment = options.amsgrad.Value ? state.RaiseMaximum() : state.exp_avg_sq;
                Tensor denominator = secondMoment.sqrt().div_(Math.Sqrt(correction2)).add_(options.eps.Value);
                parameter.addcdiv_(state.exp_avg, denominator, -options.LearningRate.Value / correction1);
            }
        }

        public class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? eps;
            public double? weight_decay;
            public bool? amsgrad;
            public bool? maximize;

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                Options options = (Options)source;
                (beta1, beta2, eps, weight_decay) = (options.beta1, options.beta2, options.eps, options.weight_decay);
                (amsgrad, maximize) = (options.amsgrad, options.maximize);
            }

            private protected override void Complete(OptimizerOptions defaults)
            {
                base.Complete(defaults);
                Options options = (Options)defaults;
                beta1 ??= options.beta1;
                beta2 ??= options.beta2;
                eps ??= options.eps;
                weight_decay ??= options.weight_decay;
                amsgrad ??= options.amsgrad;
                maximize ??= options.maximize;
                RequireNonNegative(LearningRate, nameof(LearningRate));
                RequireNonNegative(eps, nameof(eps));
                RequireNonNegative(weight_decay, nameof(weight_decay));
                if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1))
                {
                    throw new ArgumentException($"beta1 and beta2 must be in [0, 1); got {beta1} and {beta2}.", nameof(beta1));
                }
            }
        }

        public class State : OptimizerState, IDisposable
        {
            public long step;
            public Tensor exp_avg;
            public Tensor exp_avg_sq;
            public Tensor max_exp_avg_sq;

            public State(Parameter parameter)
                : base(parameter)
            {
            }

            public override void Initialize(OptimizerOptions options)
            {
                step = 0;
                Replace(ref exp_avg, zeros_like(_parameter));
                Replace(ref exp_avg_sq, zeros_like(_parameter));
                Replace(ref max_exp_avg_sq, ((Options)options).amsgrad.Value ? zeros_like(_parameter) : null);
            }

            public override void LoadStateDict(OptimizerState source)
            {
                State state = (State)source;
                step = state.step;
                Load(ref exp_avg, state.exp_avg);
                Load(ref exp_avg_sq, state.exp_avg_sq);
                Load(ref max_exp_avg_sq, state.max_exp_avg_sq);
            }

            public override void to(Device device)
            {
                Move(ref exp_avg, device);
                Move(ref exp_avg_sq, device);
                Move(ref max_exp_avg_sq, device);
            }

            public override bool ApproximatelyEquals(OptimizerState other) =>
                other is State state && step == state.step && Close(exp_avg, state.exp_avg)
                && Close(exp_avg_sq, state.exp_avg_sq) && Close(max_exp_avg_sq, state.max_exp_avg_sq);

            public void Dispose()
            {
                exp_avg?.Dispose();
                exp_avg_sq?.Dispose();
                max_exp_avg_sq?.Dispose();
                GC.SuppressFinalize(this);
            }

            internal Tensor RaiseMaximum()
            {
                Replace(ref max_exp_avg_sq, maximum(max_exp_avg_sq, exp_avg_sq));
                return max_exp_avg_sq;
            }
        }

        public class ParamGroup : ParamGroup<Options>, optim.IBetas
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(
                    parameters,
                    new Options
                    {
                        LearningRate = lr,
                        beta1 = beta1,
                        beta2 = beta2,
                        eps = eps,
                        weight_decay = weight_decay,
                        amsgrad = amsgrad,
                        maximize = maximize,
                    })
            {
            }

            public (double, double) Betas
            {
                get => (Options.beta1.Value, Options.beta2.Value);
                set => (Options.beta1, Options.beta2) = value;
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
            public static Adam Adam(
                IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(
                IEnumerable<(string, Parameter)> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(named => named.Item2), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(
                IEnumerable<Adam.ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
