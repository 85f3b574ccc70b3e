using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace TorchSharp.Lite.Tests.Conformance;

/// <summary>What a compiled assembly uses of TorchSharp, read from its metadata.</summary>
internal static class TorchReferences
{
    private const byte GenericInstance = 0x15;

    /// <summary>Each member used: the type as compiled code names it ("TorchSharp.torch+nn+Module`2") and the member's name.</summary>
    internal static IReadOnlyList<(string Type, string Member)> Of(string assemblyPath)
    {
        using PEReader file = new(File.OpenRead(assemblyPath));
        MetadataReader metadata = file.GetMetadataReader();
        return
        [
            .. from handle in metadata.MemberReferences
               let reference = metadata.GetMemberReference(handle)
               let type = TypeName(metadata, reference.Parent)
               where type != null
               select (type, metadata.GetString(reference.Name)),
        ];
    }

    private static string TypeName(MetadataReader metadata, EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => TypeName(metadata, metadata.GetTypeReference((TypeReferenceHandle)parent)),
        HandleKind.TypeSpecification => GenericTypeName(metadata, metadata.GetTypeSpecification((TypeSpecificationHandle)parent)),
        _ => null,
    };

    private static string GenericTypeName(MetadataReader metadata, TypeSpecification type)
    {
        BlobReader signature = metadata.GetBlobReader(type.Signature);
        if (signature.ReadByte() != GenericInstance)
        {
            return null;
        }

        signature.ReadByte(); // class or value type
        return TypeName(metadata, signature.ReadTypeHandle());
    }

    private static string TypeName(MetadataReader metadata, TypeReference type)
    {
        string name = metadata.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            string outer = TypeName(metadata, type.ResolutionScope);
            return outer == null ? null : $"{outer}+{name}";
        }

        bool isTorch = type.ResolutionScope.Kind == HandleKind.AssemblyReference
            && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) is "TorchSharp.Lite" or "TorchSharp";
        return isTorch ? $"{metadata.GetString(type.Namespace)}.{name}" : null;
    }
}
