using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Work on all parameters of a model together.</summary>
        public static class utils
        {
            /// <summary>Scales the gradients, in place, so that together as one vector their norm is at most max_norm.</summary>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                Tensor[] gradients = [.. tensors.Select(parameter => parameter.grad).Where(gradient => gradient is not null)];
                try
                {
                    IntPtr[] handles = [.. gradients.Select(gradient => gradient.Handle)];
                    Native.Check(Native.tl_nn_clip_grad_norm(handles, handles.Length, max_norm, norm_type, out double norm));
                    return norm;
                }
                finally
                {
                    foreach (Tensor gradient in gradients)
                    {
                        gradient.Dispose();
                    }
                }
            }

            /// <summary>All entries of all parameters, one parameter after the other, as one new vector.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using DisposeScope scope = NewDisposeScope();
                return cat([.. tensors.Select(parameter => parameter.reshape(-1))]).MoveToOuterDisposeScope();
            }

            /// <summary>Overwrites the parameters with the entries of a vector, in the order of parameters_to_vector.</summary>
            /// <exception cref="ArgumentException">The vector is not as long as the parameters have entries.</exception>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                Parameter[] parameters = [.. tensors];
                long entries = parameters.Sum(parameter => parameter.numel());
                if (vec.numel() != entries)
                {
                    throw new ArgumentException($"The parameters have {entries} entries; the vector has {vec.numel()}.", nameof(vec));
                }

                using IDisposable guard = no_grad();
                using DisposeScope scope = NewDisposeScope();
                long start = 0;
                foreach (Parameter parameter in parameters)
                {
                    parameter.copy_(vec.narrow(0, start, parameter.numel()).reshape(parameter.shape));
                    start += parameter.numel();
                }
            }
        }
    }
}
