using System.Reflection;

namespace TorchSharp.Lite.Tests.Conformance;

public class LiteConformanceTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [ApiListFact]
    public void Every_public_type_is_an_official_one_with_the_same_bases()
    {
        OfficialApi official = OfficialApi.Read();
        string[] different = [.. PublicTypes().Where(type => !Agrees(official, type)).Select(ApiText.Name)];
        Assert.True(different.Length == 0, string.Join("\n", different));
    }

    [ApiListFact]
    public void Every_public_member_is_an_official_one_with_the_same_parameters_and_defaults()
    {
        OfficialApi official = OfficialApi.Read();
        string[] different =
        [
            .. from type in PublicTypes()
               where official.HasType(ApiText.Name(type))
               from member in VisibleMembers(type)
               let text = ApiText.Member(member)
               where !official.HasMember(ApiText.Name(type), text)
               select $"{ApiText.Name(type)}: {text}",
        ];
        Assert.True(different.Length == 0, string.Join("\n", different));
    }

    [ApiListFact]
    public void The_comparison_sees_what_it_compares()
    {
        OfficialApi official = OfficialApi.Read();
        Assert.True(PublicTypes().Count() >= 20);
        Assert.True(VisibleMembers(typeof(torch.Tensor)).Count() > 200);
        Assert.True(official.HasMember("torch.Tensor", "torch.Tensor clamp(Scalar min = null, Scalar max = null)"));
        Assert.False(official.HasMember("torch.Tensor", "torch.Tensor clamp(Scalar min = null, Scalar max)"));
    }

    private static IEnumerable<Type> PublicTypes() =>
        typeof(torch).Assembly.GetTypes().Where(type => type.IsVisible || IsProtectedNested(type));

    private static bool IsProtectedNested(Type type) =>
        type.IsNested && (type.IsNestedFamily || type.IsNestedFamORAssem) && type.DeclaringType.IsVisible;

    private static bool Agrees(OfficialApi official, Type type)
    {
        string name = ApiText.Name(type);
        if (!official.HasType(name))
        {
            return false;
        }

        Type[] inherited = type.BaseType?.GetInterfaces() ?? [];
        IEnumerable<Type> bases = type.GetInterfaces().Except(inherited);
        if (type.BaseType != null && type.BaseType.Namespace != nameof(System))
        {
            bases = bases.Append(type.BaseType);
        }

        return type.IsEnum || bases.All(known => official.Heading(name).Contains(ApiText.Name(known), StringComparison.Ordinal));
    }

    private static IEnumerable<MemberInfo> VisibleMembers(Type type)
    {
        IEnumerable<MemberInfo> fields = type.GetFields(Declared).Where(field => ApiText.IsVisible(field) && !field.IsSpecialName);
        IEnumerable<MemberInfo> constructors = type.GetConstructors(Declared).Where(constructor => !constructor.IsStatic && ApiText.IsVisible(constructor));
        IEnumerable<MemberInfo> properties = type.GetProperties(Declared).Where(ApiText.IsVisible);
        IEnumerable<MemberInfo> methods = type.GetMethods(Declared).Where(method => ApiText.IsVisible(method) && !IsAccessor(method));
        return [.. fields, .. constructors, .. properties, .. methods];
    }

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
}
