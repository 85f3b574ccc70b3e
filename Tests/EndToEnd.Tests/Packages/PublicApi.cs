using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp.Lite.Tests.Conformance;

namespace SparseHybrid.EndToEnd.Tests.Packages;

/// <summary>The public and protected types and members of an assembly, a line each, in an order that does not change.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>A type at the start of a line, its members indented below it. The namespace Onnx is the schema's, generated, and left out.</summary>
    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetExportedTypes()
            .Where(type => type.Namespace != "Onnx")
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => Members(type).Prepend(Heading(type)));

    private static string Heading(Type type)
    {
        var bases = new[] { type.BaseType }.OfType<Type>().Where(known => known.Namespace != nameof(System)).Concat(type.GetInterfaces().Except(Inherited(type)));
        var names = bases.Where(known => known.IsVisible).Select(ApiText.Name).Order(StringComparer.Ordinal).ToList();
        return $"{Kind(type)} {type.Namespace}.{ApiText.Name(type)}{(names.Count > 0 ? $" : {string.Join(", ", names)}" : "")}";
    }

    private static IEnumerable<Type> Inherited(Type type) =>
        (type.BaseType?.GetInterfaces() ?? []).Concat(type.GetInterfaces().SelectMany(known => known.GetInterfaces()));

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type.IsInterface ? "interface"
        : type.IsValueType ? "struct"
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsAbstract ? "abstract class"
        : type.IsSealed ? "sealed class"
        : "class";

    private static IEnumerable<string> Members(Type type)
    {
        var fields = type.GetFields(Declared).Where(field => ApiText.IsVisible(field) && !field.IsSpecialName).Cast<MemberInfo>();
        var constructors = type.GetConstructors(Declared).Where(constructor => !constructor.IsStatic && ApiText.IsVisible(constructor));
        var properties = type.GetProperties(Declared).Where(ApiText.IsVisible);
        var methods = type.GetMethods(Declared).Where(method => ApiText.IsVisible(method) && !IsAccessor(method));
        return fields.Concat(constructors).Concat(properties).Concat(methods)
            .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(member => $"    {ApiText.Member(member)}")
            .Order(StringComparer.Ordinal);
    }

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
}
