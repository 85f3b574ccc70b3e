using System.IO.Enumeration;

namespace SparseHybrid.Optimizers;

/// <summary>Patterns of parameter names: * stands for any run of characters, ? for one; case matters.</summary>
internal static class NamePattern
{
    /// <summary>Whether the pattern describes the whole name.</summary>
    public static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
