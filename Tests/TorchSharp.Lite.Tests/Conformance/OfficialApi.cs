using System.Text.RegularExpressions;

namespace TorchSharp.Lite.Tests.Conformance;

/// <summary>
/// The public and protected members of official TorchSharp, from a list that is no part of this project. It is looked for
/// at TORCHSHARP_API_LIST, else in the folder "shared" beside the repository.
/// </summary>
internal sealed partial class OfficialApi
{
    private readonly Dictionary<string, HashSet<string>> members = [];
    private readonly Dictionary<string, string> headings = [];

    private OfficialApi(IEnumerable<string> lines)
    {
        HashSet<string> current = null;
        foreach (string line in lines.Where(line => line.Length > 0))
        {
            if (line[0] == ' ')
            {
                current.Add(Normalise(line.Trim()));
                continue;
            }

            string name = TypeName().Match(line).Groups["name"].Value;
            headings[name] = Normalise(line);
            members[name] = current = [];
        }
    }

    internal static string ListPath { get; } = Find();

    internal static OfficialApi Read() => new(File.ReadLines(ListPath));

    internal bool HasType(string type) => members.ContainsKey(type);

    internal string Heading(string type) => headings[type];

    internal bool HasMember(string type, string member) => members[type].Contains(Normalise(member));

    /// <summary>Is there any member of this name, whatever its parameters? The name is the one in compiled code.</summary>
    internal bool HasName(string type, string name)
    {
        string start = name switch
        {
            ".ctor" => @"(^| )new\(",
            "get_Item" or "set_Item" or "get_TensorItems" or "set_TensorItems" => @" this\[",
            _ when Accessor().IsMatch(name) => $@" ({name[4..]} \{{|{name}\()", // a property, or a method of such a name
            _ => $@"(^| ){name}((<[^(]*>)?\(| = |$)",
        };
        return members[type].Any(member => Regex.IsMatch(member, start));
    }

    private static string Normalise(string member) => OpenTuple().Replace(member, "($1)");

    private static string Find()
    {
        string named = Environment.GetEnvironmentVariable("TORCHSHARP_API_LIST");
        if (!string.IsNullOrEmpty(named))
        {
            return File.Exists(named) ? named : throw new FileNotFoundException("TORCHSHARP_API_LIST names no file.", named);
        }

        string beside = Path.Combine(Repository.Root, "..", "shared", "torchsharp-0.107-api.txt");
        return File.Exists(beside) ? beside : null;
    }

    [GeneratedRegex(@"^(?:abstract |static |sealed )*(?:class|struct|enum|interface|delegate) (?<name>[\w.]+(?:<[\w, ]+>)?)")]
    private static partial Regex TypeName();

    [GeneratedRegex("^[gs]et_")]
    private static partial Regex Accessor();

    [GeneratedRegex(@"ValueTuple<([\w, ]+)>")]
    private static partial Regex OpenTuple();
}
