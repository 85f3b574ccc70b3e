using System.Reflection;
using System.Text.Json.Serialization;

namespace SparseHybrid.Optimizers;

/// <summary>The children of an abstract record that JSON tells apart by a name: names to types and back.</summary>
internal static class Named<T>
    where T : class
{
    private static readonly (string Name, Type Type)[] Kinds =
        [.. typeof(T).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => ((string)kind.TypeDiscriminator!, kind.DerivedType))];

    /// <summary>Every name, in the order of the declarations.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Kinds.Select(kind => kind.Name)];

    /// <summary>The name of a value; of a type that has none the type's own.</summary>
    public static string Of(T value) => Array.Find(Kinds, kind => kind.Type == value.GetType()).Name ?? value.GetType().Name;

    /// <summary>The child of this name with its default settings.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="what">What the names are of, for the error.</param>
    /// <exception cref="ArgumentException">There is no such name; the message lists them all.</exception>
    public static T Create(string name, string what) =>
        Array.Find(Kinds, kind => kind.Name == name).Type is { } type
            ? (T)Activator.CreateInstance(type)!
            : throw new ArgumentException($"There is no {what} '{name}'; known are: {string.Join(", ", Names)}.", nameof(name));
}
