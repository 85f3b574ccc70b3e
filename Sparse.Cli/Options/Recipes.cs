using SparseHybrid.Comparisons;

namespace SparseHybrid.Cli.Options;

/// <summary>The recipes that are shipped beside the program.</summary>
internal static class Recipes
{
    private const string Extension = ".json";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "recipes");

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*" + Extension).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!]
        : [];

    /// <summary>A recipe by its name, or from a file.</summary>
    /// <exception cref="ConfigurationException">There is none of this name, or it cannot be used.</exception>
    public static ComparisonRecipe Read(string nameOrFile)
    {
        if (File.Exists(nameOrFile))
        {
            return ComparisonRecipe.Read(nameOrFile);
        }

        return Names.Contains(nameOrFile)
            ? ComparisonRecipe.Read(Path.Combine(Folder, nameOrFile + Extension))
            : throw new ConfigurationException(
                nameOrFile,
                $"There is no file and no recipe '{nameOrFile}'.",
                $"The recipes that are shipped are: {string.Join(", ", Names)}.",
                "Name one of them, or a JSON file with a recipe.");
    }
}
