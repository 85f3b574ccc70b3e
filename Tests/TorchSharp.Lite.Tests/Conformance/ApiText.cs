#nullable disable // also compiled into EndToEnd.Tests
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace TorchSharp.Lite.Tests.Conformance;

/// <summary>Writes types and members the way the list of the official API does.</summary>
internal static class ApiText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    /// <summary>A type as the list names it: relative to TorchSharp, tuples in parentheses, nullables with a question mark.</summary>
    internal static string Name(Type type)
    {
        if (Keywords.TryGetValue(type, out string keyword))
        {
            return keyword;
        }

        if (type.IsByRef)
        {
            return Name(type.GetElementType());
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType())}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        string arguments = string.Join(", ", type.GetGenericArguments().Select(Name));
        return type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal)
            ? $"({arguments})"
            : QualifiedName(type) + (type.IsGenericType ? $"<{arguments}>" : string.Empty);
    }

    internal static string Member(MemberInfo member) => member switch
    {
        FieldInfo field when field.DeclaringType.IsEnum => $"{field.Name} = {field.GetRawConstantValue()}",
        FieldInfo field => $"{Access(field.IsPublic)}{(field.IsStatic ? "static " : string.Empty)}field {Name(field.FieldType)} {field.Name}",
        ConstructorInfo constructor => $"{Access(constructor.IsPublic)}new({Parameters(constructor)})",
        PropertyInfo property => Property(property),
        MethodInfo method => Method(method),
        _ => throw new NotSupportedException(member.ToString()),
    };

    private static string QualifiedName(Type type)
    {
        string name = type.Name.Split('`')[0];
        if (type.IsNested)
        {
            return $"{QualifiedName(type.DeclaringType)}.{name}";
        }

        const string Root = "TorchSharp.";
        return type.Namespace.StartsWith(Root, StringComparison.Ordinal) ? $"{type.Namespace[Root.Length..]}.{name}" : name;
    }

    private static string Access(bool isPublic) => isPublic ? string.Empty : "protected ";

    private static string Method(MethodInfo method)
    {
        string arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : string.Empty;
        return $"{Access(method.IsPublic)}{Modifiers(method)}{Name(method.ReturnType)} {method.Name}{arguments}({Parameters(method)})";
    }

    private static string Modifiers(MethodInfo method) =>
        method.IsStatic ? "static "
        : method.DeclaringType.IsInterface ? string.Empty
        : method.IsAbstract ? "abstract "
        : !method.IsVirtual || method.IsFinal ? string.Empty
        : method.GetBaseDefinition().DeclaringType != method.DeclaringType ? "override "
        : "virtual ";

    private static string Property(PropertyInfo property)
    {
        MethodInfo[] accessors = [.. property.GetAccessors(nonPublic: true).Where(IsVisible)];
        string parameters = string.Join(", ", property.GetIndexParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));
        string name = parameters.Length == 0 ? property.Name : $"this[{parameters}]";
        string get = accessors.Any(accessor => accessor == property.GetMethod) ? "get; " : string.Empty;
        string set = accessors.Any(accessor => accessor == property.SetMethod) ? "set; " : string.Empty;
        bool isPublic = accessors.Any(accessor => accessor.IsPublic);
        return $"{Access(isPublic)}{Modifiers(accessors[0])}{Name(property.PropertyType)} {name} {{ {get}{set}}}";
    }

    internal static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    internal static bool IsVisible(PropertyInfo property) => property.GetAccessors(nonPublic: true).Any(IsVisible);

    internal static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method)
    {
        bool isExtension = method.IsDefined(typeof(ExtensionAttribute), inherit: false);
        string parameters = string.Join(", ", method.GetParameters().Select(Parameter));
        return isExtension ? $"this {parameters}" : parameters;
    }

    private static string Parameter(ParameterInfo parameter)
    {
        string prefix = parameter.IsOut ? "out "
            : parameter.ParameterType.IsByRef ? "ref "
            : parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false) ? "params "
            : string.Empty;
        string defaultValue = parameter.HasDefaultValue ? $" = {Default(parameter)}" : string.Empty;
        return $"{prefix}{Name(parameter.ParameterType)} {parameter.Name}{defaultValue}";
    }

    private static string Default(ParameterInfo parameter)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return parameter.RawDefaultValue switch
        {
            null => parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) == null ? "default" : "null",
            bool value => value ? "true" : "false",
            string value => $"\"{value}\"",
            object value when type.IsEnum => Enum.ToObject(type, value).ToString(),
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            object value => value.ToString(),
        };
    }
}
