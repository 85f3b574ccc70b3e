using System.Collections;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A list of modules, registered under their positions: "0", "1", and so on.</summary>
    public class ModuleList<T> : nn.Module, IList<T>
        where T : nn.Module
    {
        private readonly List<T> items = [];

        public ModuleList(params T[] modules)
            : base(nameof(ModuleList<>)) => extend(modules);

        public int Count => items.Count;

        public bool IsReadOnly => false;

        public T this[int index]
        {
            get => items[index];
            set => Change(() => items[index] = value);
        }

        public void append(params T[] parameters) => extend(parameters);

        public void extend(IEnumerable<T> modules)
        {
            foreach (T module in modules)
            {
                Add(module);
            }
        }

        public void Add(T item) => Insert(Count, item);

        public void Insert(int index, T item)
        {
            ArgumentNullException.ThrowIfNull(item);
            Change(() => items.Insert(index, item));
        }

        public void RemoveAt(int index) => Change(() => items.RemoveAt(index));

        public bool Remove(T item)
        {
            int index = IndexOf(item);
            if (index >= 0)
            {
                RemoveAt(index);
            }

            return index >= 0;
        }

        public void Clear() => Change(items.Clear);

        public bool Contains(T item) => items.Contains(item);

        public int IndexOf(T item) => items.IndexOf(item);

        public void CopyTo(T[] array, int arrayIndex) => items.CopyTo(array, arrayIndex);

        public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        // The names are positions, so that a change in the middle renames what follows.
        private void Change(Action change)
        {
            for (int i = 0; i < Count; i++)
            {
                register_module($"{i}", null);
            }

            try
            {
                change();
            }
            finally
            {
                for (int i = 0; i < Count; i++)
                {
                    register_module($"{i}", items[i]);
                }
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);

            public static ModuleList<T> ModuleList<T>(params T[] modules)
                where T : Module => new(modules);
        }
    }
}
