using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// Moves parameters, buffers and their gradients. What is already there stays the same object; the rest is
            /// replaced and the old tensors are disposed, so that optimizers must be made afterwards. Only floating tensors
            /// change their element type.
            /// </summary>
            internal void Convert(ScalarType? dtype, Device device, bool nonBlocking)
            {
                Dictionary<Tensor, Tensor> replacements = new(ReferenceEqualityComparer.Instance);
                Convert(dtype, device, nonBlocking, replacements);
                foreach (Tensor replaced in replacements.Keys)
                {
                    replaced.Dispose();
                }
            }

            private void Convert(ScalarType? dtype, Device device, bool nonBlocking, Dictionary<Tensor, Tensor> replacements)
            {
                T Converted<T>(T old, Func<T, ScalarType, Device, T> create)
                    where T : Tensor
                {
                    if (replacements.TryGetValue(old, out Tensor shared))
                    {
                        return (T)shared; // held in two places, and stays so
                    }

                    ScalarType newType = dtype is { } wanted && (old.is_floating_point() || old.is_complex()) ? wanted : old.dtype;
                    Device oldDevice = old.device, newDevice = device ?? oldDevice;
                    if (newType == old.dtype && newDevice.type == oldDevice.type && newDevice.index == oldDevice.index)
                    {
                        return old;
                    }

                    T replacement = create(old, newType, newDevice);
                    replacement.DetachFromDisposeScope();
                    replacements.Add(old, replacement);
                    ReplaceInFields(old, replacement);
                    return replacement;
                }

                foreach (string name in ownParameters.Keys.ToArray())
                {
                    ownParameters[name] = Converted(ownParameters[name], (old, type, to) => ConvertedParameter(old, type, to, nonBlocking));
                }

                foreach (string name in ownBuffers.Keys.ToArray())
                {
                    (Tensor buffer, bool persistent) = ownBuffers[name];
                    ownBuffers[name] = (Converted(buffer, (old, type, to) => old.to(type, to, non_blocking: nonBlocking)), persistent);
                }

                foreach (Module child in submodules.Values)
                {
                    child.Convert(dtype, device, nonBlocking, replacements);
                }
            }

            private static Parameter ConvertedParameter(Parameter old, ScalarType type, Device device, bool nonBlocking)
            {
                using IDisposable guard = no_grad();
                Parameter converted = new(old.to(type, device, non_blocking: nonBlocking), old.requires_grad);
                using Tensor gradient = old.grad;
                if (gradient is not null)
                {
                    using Tensor convertedGradient = gradient.to(type, device, non_blocking: nonBlocking);
                    converted.grad = convertedGradient;
                }

                return converted;
            }

            private void ReplaceInFields(Tensor old, Tensor replacement)
            {
                for (Type type = GetType(); type != typeof(Module); type = type.BaseType)
                {
                    foreach (FieldInfo field in type.GetFields(InstanceFields | BindingFlags.DeclaredOnly))
                    {
                        if (field.FieldType.IsAssignableTo(typeof(Tensor)) && ReferenceEquals(field.GetValue(this), old))
                        {
                            field.SetValue(this, replacement);
                        }
                    }
                }
            }
        }
    }
}
