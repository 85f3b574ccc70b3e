namespace TorchSharp;

public static unsafe partial class torch
{
    public static bool is_grad_enabled()
    {
        int result;
        Native.Check(Native.tl_autograd_is_grad_enabled(&result));
        return result != 0;
    }

    public static bool is_inference_mode_enabled()
    {
        int result;
        Native.Check(Native.tl_autograd_is_inference_mode(&result));
        return result != 0;
    }

    /// <summary>Records no operations until the returned object is disposed, on the same thread.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>As <see cref="no_grad"/>, and faster; tensors made meanwhile can never be part of a gradient.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    private sealed class GradMode : IDisposable
    {
        private readonly bool before = is_grad_enabled();

        internal GradMode(bool enabled) => Set(enabled);

        public void Dispose() => Set(before);

        private static void Set(bool enabled) => Native.Check(Native.tl_autograd_set_grad_enabled(enabled ? 1 : 0));
    }

    private sealed class InferenceMode : IDisposable
    {
        private void* guard;

        internal InferenceMode(bool mode)
        {
            void* entered;
            Native.Check(Native.tl_autograd_enter_inference_mode(mode ? 1 : 0, &entered));
            guard = entered;
        }

        public void Dispose()
        {
            if (guard != null)
            {
                Native.Check(Native.tl_autograd_leave_inference_mode(guard));
                guard = null;
            }
        }
    }
}
