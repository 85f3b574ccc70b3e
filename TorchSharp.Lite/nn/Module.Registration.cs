using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private const BindingFlags InstanceFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_parameter(string name, Parameter param)
            {
                ArgumentNullException.ThrowIfNull(param);
                RequireFreeName(name, "parameter");
                param.DetachFromDisposeScope();
                ownParameters.Add(name, param);
            }

            /// <param name="persistent">Whether the buffer is part of state_dict.</param>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                RequireFreeName(name, "buffer");
                tensor.DetachFromDisposeScope();
                ownBuffers.Add(name, (tensor, persistent));
            }

            /// <summary>Adds a child, whose own components are registered first. Null takes the child of that name away.</summary>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    submodules.Remove(name);
                    return;
                }

                RequireFreeName(name, "submodule");
                submodule.RegisterComponents();
                submodules.Add(name, submodule);
            }

            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>
            /// Registers the modules, parameters and tensors (as buffers) in the fields of the class, under the names of the
            /// fields or of their <see cref="ComponentNameAttribute"/>. Call it at the end of the constructor; what is
            /// registered already stays as it is.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                foreach (FieldInfo field in GetType().GetFields(InstanceFields))
                {
                    object value = field.GetValue(this);
                    if (value is null || IsRegistered(value))
                    {
                        continue;
                    }

                    string component = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                    switch (value)
                    {
                        case Module module:
                            register_module(component, module);
                            break;
                        case Parameter parameter:
                            register_parameter(component, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(component, tensor);
                            break;
                    }
                }
            }

            /// <summary>Puts a parameter in the place of the one of that name, or takes that away when null.</summary>
            protected void ConditionallyRegisterParameter(string name, Parameter value)
            {
                if (value is null)
                {
                    ownParameters.Remove(name);
                }
                else
                {
                    value.DetachFromDisposeScope();
                    ownParameters[name] = value;
                }
            }

            /// <summary>Puts a buffer in the place of the one of that name, or takes that away when null.</summary>
            protected void ConditionallyRegisterBuffer(string name, Tensor value, bool persistent = true)
            {
                if (value is null)
                {
                    ownBuffers.Remove(name);
                }
                else
                {
                    value.DetachFromDisposeScope();
                    ownBuffers[name] = (value, persistent);
                }
            }

            /// <summary>The setter of a property over a registered parameter: the old one is disposed.</summary>
            private protected void Replace(ref Parameter field, Parameter value, string name)
            {
                if (!ReferenceEquals(field, value))
                {
                    field?.Dispose();
                    field = value;
                    ConditionallyRegisterParameter(name, value);
                }
            }

            /// <summary>The setter of a property over a registered buffer: the old one is disposed.</summary>
            private protected void Replace(ref Tensor field, Tensor value, string name)
            {
                if (!ReferenceEquals(field, value))
                {
                    field?.Dispose();
                    field = value;
                    ConditionallyRegisterBuffer(name, value);
                }
            }

            private bool IsRegistered(object value) =>
                submodules.Values.Contains(value) || ownParameters.Values.Contains(value)
                || ownBuffers.Values.Any(buffer => ReferenceEquals(buffer.Tensor, value));

            private void RequireFreeName(string component, string kind)
            {
                if (string.IsNullOrEmpty(component) || component.Contains('.'))
                {
                    throw new ArgumentException(
                        $"'{component}' cannot name a {kind} of {GetName()}: a name is not empty and has no dot.", nameof(component));
                }

                if (ownParameters.ContainsKey(component) || ownBuffers.ContainsKey(component) || submodules.ContainsKey(component))
                {
                    throw new InvalidOperationException($"'{component}' cannot name a {kind} of {GetName()}: the name is taken.");
                }
            }
        }
    }
}
