namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose calls can be watched and changed from outside.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            private protected readonly OrderedDictionary<string, TPreHook> preHooks = [];
            private protected readonly OrderedDictionary<string, TPostHook> postHooks = [];
            private protected readonly OrderedDictionary<string, Action<Module>> modulePreHooks = [];
            private protected readonly OrderedDictionary<string, Action<Module>> modulePostHooks = [];
            private int hooksRegistered;

            protected HookableModule(string name)
                : base(name)
            {
            }

            private protected bool HasHooks => preHooks.Count + postHooks.Count + modulePreHooks.Count + modulePostHooks.Count > 0;

            /// <summary>Runs the hook after every forward; what it returns, unless null, replaces the result.</summary>
            public HookRemover register_forward_hook(TPostHook hook) => Register(postHooks, hook);

            /// <summary>Runs the hook before every forward; what it returns, unless null, replaces the input.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook) => Register(preHooks, hook);

            public HookRemover register_forward_hook(Action<Module> hook) => Register(modulePostHooks, hook);

            public HookRemover register_forward_pre_hook(Action<Module> hook) => Register(modulePreHooks, hook);

            private HookRemover Register<T>(OrderedDictionary<string, T> hooks, T hook)
            {
                string key = $"{++hooksRegistered}";
                hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            private protected void RunModuleHooks(OrderedDictionary<string, Action<Module>> hooks)
            {
                foreach (Action<Module> hook in hooks.Values.ToArray())
                {
                    hook(this);
                }
            }

            /// <summary>Takes one hook away again.</summary>
            public class HookRemover
            {
                private readonly HookableModule<TPreHook, TPostHook> module;
                private readonly string key;

                public HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
                {
                    this.module = module;
                    this.key = key;
                }

                public void remove()
                {
                    module.preHooks.Remove(key);
                    module.postHooks.Remove(key);
                    module.modulePreHooks.Remove(key);
                    module.modulePostHooks.Remove(key);
                }
            }
        }
    }
}
