namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public interface IModule<T, TResult>
        {
            TResult call(T input1);
        }

        public interface IModule<T1, T2, TResult>
        {
            TResult call(T1 input1, T2 input2);
        }

        /// <summary>A module of one input. Override forward; call it through call, which runs the hooks.</summary>
        public abstract class Module<T, TResult>
            : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T input);

            public TResult call(T input) => HasHooks ? CallWithHooks(input) : forward(input);

            private TResult CallWithHooks(T input)
            {
                RunModuleHooks(modulePreHooks);
                foreach (var hook in preHooks.Values.ToArray())
                {
                    input = hook(this, input) is { } replacement ? replacement : input;
                }

                TResult result = forward(input);
                foreach (var hook in postHooks.Values.ToArray())
                {
                    result = hook(this, input, result) is { } replacement ? replacement : result;
                }

                RunModuleHooks(modulePostHooks);
                return result;
            }
        }

        /// <summary>A module of two inputs, such as a loss of scores and targets.</summary>
        public abstract class Module<T1, T2, TResult>
            : HookableModule<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>, Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>,
            IModule<T1, T2, TResult>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2) => HasHooks ? CallWithHooks(input1, input2) : forward(input1, input2);

            private TResult CallWithHooks(T1 input1, T2 input2)
            {
                RunModuleHooks(modulePreHooks);
                foreach (var hook in preHooks.Values.ToArray())
                {
                    (input1, input2) = hook(this, input1, input2) ?? (input1, input2);
                }

                TResult result = forward(input1, input2);
                foreach (var hook in postHooks.Values.ToArray())
                {
                    result = hook(this, input1, input2, result) is { } replacement ? replacement : result;
                }

                RunModuleHooks(modulePostHooks);
                return result;
            }
        }
    }
}
