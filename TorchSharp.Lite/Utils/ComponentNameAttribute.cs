namespace TorchSharp.Utils;

/// <summary>The name under which a module registers the component in this field, where it is not the name of the field.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ComponentNameAttribute : Attribute
{
    public string Name { get; set; }
}
