namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor uniform_(double from, double to, Generator generator = null) =>
            Updated(Draw(&Native.tl_random_uniform_, from, to, generator));

        public Tensor normal_(double mean = 0, double std = 1, Generator generator = null) =>
            Updated(Draw(&Native.tl_random_normal_, mean, std, generator));

        public Tensor exponential_(double lambda = 1, Generator generator = null) =>
            Updated(Draw(&Native.tl_random_exponential_, lambda, generator));

        public Tensor bernoulli_(double p = 0.5, Generator generator = null) => Updated(Draw(&Native.tl_random_bernoulli_, p, generator));

        /// <summary>Ones with the probabilities that are the entries of this tensor, zeros otherwise.</summary>
        public Tensor bernoulli(Generator generator = null)
        {
            IntPtr result;
            Native.Check(Native.tl_random_bernoulli(Handle, Generator.HandleOrNull(generator), &result));
            GC.KeepAlive(this);
            GC.KeepAlive(generator);
            return new Tensor(result);
        }

        /// <summary>Whole numbers from <paramref name="from"/> to <paramref name="to"/> - 1.</summary>
        public Tensor random_(double from, double to, Generator generator = null)
        {
            IntPtr result;
            Native.Check(Native.tl_random_random_(Handle, (long)from, (long)to, Generator.HandleOrNull(generator), &result));
            GC.KeepAlive(this);
            GC.KeepAlive(generator);
            return Updated(new Tensor(result));
        }

        public Tensor multinomial(long num_samples, bool replacement = false, Generator generator = null)
        {
            IntPtr result;
            Native.Check(Native.tl_random_multinomial(Handle, num_samples, Flag(replacement), Generator.HandleOrNull(generator), &result));
            GC.KeepAlive(this);
            GC.KeepAlive(generator);
            return new Tensor(result);
        }

        private Tensor Draw(delegate*<IntPtr, double, IntPtr, IntPtr*, int> operation, double argument, Generator generator)
        {
            IntPtr result;
            Native.Check(operation(Handle, argument, Generator.HandleOrNull(generator), &result));
            GC.KeepAlive(this);
            GC.KeepAlive(generator);
            return new Tensor(result);
        }

        private Tensor Draw(
            delegate*<IntPtr, double, double, IntPtr, IntPtr*, int> operation, double first, double second, Generator generator)
        {
            IntPtr result;
            Native.Check(operation(Handle, first, second, Generator.HandleOrNull(generator), &result));
            GC.KeepAlive(this);
            GC.KeepAlive(generator);
            return new Tensor(result);
        }
    }
}
