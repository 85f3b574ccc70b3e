using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(named => named.Item2);

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(named => named.Item2);

            public virtual IEnumerable<Module> children() => submodules.Values;

            /// <summary>All modules below this one, without itself.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(named => named.Item2);

            /// <summary>Names such as "0.weight"; a parameter held in two places appears once.</summary>
            public virtual IEnumerable<(string, Parameter)> named_parameters(bool recurse = true) =>
                Distinct(ownParameters.Select(own => (own.Key, own.Value)), recurse, child => child.named_parameters());

            /// <summary>As named_parameters, for the tensors that are state but not learnt.</summary>
            public virtual IEnumerable<(string, Tensor)> named_buffers(bool recurse = true, bool include_nonpersistent = true) =>
                Distinct(
                    ownBuffers.Where(own => own.Value.Persistent || include_nonpersistent).Select(own => (own.Key, own.Value.Tensor)),
                    recurse,
                    child => child.named_buffers(true, include_nonpersistent));

            public virtual IEnumerable<(string, Module)> named_children() => submodules.Select(child => (child.Key, child.Value));

            /// <summary>All modules below this one, without itself: the children first, then theirs.</summary>
            public virtual IEnumerable<(string, Module)> named_modules() =>
                named_children().Concat(Nested(child => child.named_modules()));

            /// <summary>The parameter of that name ("0.weight"), or null.</summary>
            [return: MaybeNull]
            public virtual Parameter get_parameter(string target) =>
                Find(target, name => ownParameters.GetValueOrDefault(name), (child, rest) => child.get_parameter(rest));

            /// <summary>The buffer of that name ("1.running_mean"), or null.</summary>
            [return: MaybeNull]
            public virtual Tensor get_buffer(string target) =>
                Find(target, name => ownBuffers.GetValueOrDefault(name).Tensor, (child, rest) => child.get_buffer(rest));

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>Parameters and persistent buffers by name: the live tensors, not copies.</summary>
            /// <param name="destination">Where to add them; a new dictionary when null.</param>
            /// <param name="prefix">Comes before each name, with a dot between.</param>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor> destination = null, string prefix = null)
            {
                destination ??= [];
                string Full(string name) => string.IsNullOrEmpty(prefix) ? name : $"{prefix}.{name}";
                foreach ((string name, Parameter parameter) in ownParameters)
                {
                    destination.TryAdd(Full(name), parameter);
                }

                foreach ((string name, (Tensor tensor, _)) in ownBuffers.Where(own => own.Value.Persistent))
                {
                    destination.TryAdd(Full(name), tensor);
                }

                foreach ((string name, Module child) in submodules)
                {
                    child.state_dict(destination, Full(name));
                }

                return destination;
            }

            /// <summary>Copies values into the parameters and buffers of the same names.</summary>
            /// <param name="strict">Whether the names must be the same on both sides.</param>
            /// <param name="skip">Names to leave alone.</param>
            /// <returns>The names missing from <paramref name="source"/>, and those it has too many.</returns>
            /// <exception cref="InvalidOperationException">Strict, and the names differ; nothing was copied.</exception>
            public virtual (IList<string>, IList<string>) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string> skip = null)
            {
                Dictionary<string, Tensor> destination = state_dict();
                List<string> missing = [.. destination.Keys.Except(source.Keys).Except(skip ?? [])];
                List<string> unexpected = [.. source.Keys.Except(destination.Keys).Except(skip ?? [])];
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"The state does not fit {GetName()}: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");
                }

                using IDisposable guard = no_grad();
                foreach (string key in source.Keys.Intersect(destination.Keys).Except(skip ?? []))
                {
                    destination[key].copy_(source[key]);
                }

                return (missing, unexpected);
            }

            private IEnumerable<(string, T)> Distinct<T>(IEnumerable<(string, T)> own, bool recurse, Func<Module, IEnumerable<(string, T)>> ofChild)
            {
                IEnumerable<(string, T)> all = recurse ? own.Concat(Nested(ofChild)) : own;
                HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
                return all.Where(named => seen.Add(named.Item2)).ToArray();
            }

            private IEnumerable<(string, T)> Nested<T>(Func<Module, IEnumerable<(string, T)>> ofChild) =>
                from child in submodules
                from named in ofChild(child.Value)
                select ($"{child.Key}.{named.Item1}", named.Item2);

            private T Find<T>(string target, Func<string, T> own, Func<Module, string, T> ofChild)
                where T : class
            {
                int dot = target.IndexOf('.');
                return dot < 0 ? own(target)
                    : submodules.TryGetValue(target[..dot], out Module child) ? ofChild(child, target[(dot + 1)..])
                    : null;
            }
        }
    }
}
