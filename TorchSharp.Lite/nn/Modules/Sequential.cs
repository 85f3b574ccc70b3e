using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules one after the other. Each intermediate result is disposed as soon as the next module has used it.</summary>
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<(string Name, nn.IModule<Tensor, Tensor> Module)> steps = [];

        /// <summary>The names of the modules are their positions: "0", "1", and so on.</summary>
        protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules)
            : base(nameof(Sequential))
        {
            foreach (nn.Module<Tensor, Tensor> module in modules)
            {
                append(module);
            }
        }

        protected internal Sequential(params (string, nn.Module<Tensor, Tensor>)[] modules)
            : base(nameof(Sequential))
        {
            foreach ((string name, nn.Module<Tensor, Tensor> module) in modules)
            {
                append(name, module);
            }
        }

        public int Count => steps.Count;

        public nn.IModule<Tensor, Tensor> this[int index] => steps[index].Module;

        /// <summary>A part of the sequence, over the same modules under the same names.</summary>
        public Sequential this[Range index]
        {
            get
            {
                (int start, int length) = index.GetOffsetAndLength(Count);
                Sequential part = new(Array.Empty<nn.Module<Tensor, Tensor>>());
                steps.GetRange(start, length).ForEach(step => part.append(step.Name, step.Module));
                return part;
            }
        }

        /// <summary>A part of the sequence; null leaves an end open.</summary>
        public Sequential this[(int?, int?) index] => this[(index.Item1 ?? 0)..(index.Item2 ?? Count)];

        public Sequential append(nn.IModule<Tensor, Tensor> module) => append($"{Count}", module);

        public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
        {
            if (module is not nn.Module submodule)
            {
                throw new ArgumentException($"'{name}' must be a torch.nn.Module; got {module?.GetType().Name ?? "null"}.", nameof(module));
            }

            register_module(name, submodule);
            steps.Add((name, module));
            return this;
        }

        public override Tensor forward(Tensor tensor)
        {
            if (steps.Count == 0)
            {
                return tensor.alias();
            }

            Tensor current = tensor;
            foreach ((_, nn.IModule<Tensor, Tensor> module) in steps)
            {
                Tensor next = module.call(current);
                if (!ReferenceEquals(current, tensor) && !ReferenceEquals(current, next))
                {
                    current.Dispose();
                }

                current = next;
            }

            return current;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential() => new(Array.Empty<Module<Tensor, Tensor>>());

            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);

            public static Sequential Sequential(params (string, Module<Tensor, Tensor>)[] modules) => new(modules);

            public static Sequential Sequential(params Tuple<string, Module<Tensor, Tensor>>[] modules) => Sequential(modules.AsEnumerable());

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new(modules.ToArray());

            public static Sequential Sequential(IEnumerable<(string, Module<Tensor, Tensor>)> modules) => new(modules.ToArray());

            public static Sequential Sequential(IEnumerable<Tuple<string, Module<Tensor, Tensor>>> modules) =>
                new(modules.Select(named => (named.Item1, named.Item2)).ToArray());
        }
    }
}
