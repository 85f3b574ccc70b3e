using System.Text.Json;
using SparseHybrid.Data.Folders;
using SparseHybrid.Data.Tables;
using SparseHybrid.Runs;

namespace SparseHybrid.Data;

/// <summary>The JSON file that lies beside imported arrays and says what they were made of and what their classes are called.</summary>
internal static class ImportDescription
{
    private static readonly string[] Suffixes = [TableImport.ColumnsSuffix, ImageFolderImport.ClassesSuffix];

    /// <summary>Writes the file beside arrays; one of another import, whose arrays these have replaced, goes.</summary>
    /// <param name="file">The .npz file.</param>
    /// <param name="suffix">What its name ends with.</param>
    /// <param name="report">Its contents.</param>
    /// <exception cref="RunException">It cannot be written.</exception>
    public static void Write<T>(string file, string suffix, T report)
    {
        AtomicFile.WriteText(Beside(file, suffix), JsonSerializer.Serialize(report, RunJson.Indented) + "\n");
        foreach (var other in Suffixes.Where(other => other != suffix))
        {
            File.Delete(Beside(file, other));
        }
    }

    /// <summary>The names of the classes of some arrays, out of the file that was written beside them; null where there is none of just these arrays.</summary>
    /// <param name="file">The .npz file, or a folder, which has none.</param>
    /// <param name="classes">Number of classes of the arrays.</param>
    /// <exception cref="DataException">The file is damaged.</exception>
    public static IReadOnlyList<string>? ClassNames(string file, int classes)
    {
        if (!File.Exists(file) || Suffixes.Select(suffix => Beside(file, suffix)).FirstOrDefault(File.Exists) is not { } beside)
        {
            return null;
        }

        try
        {
            var names = RunJson.Parse<Named>(File.ReadAllText(beside)).Classes;
            return names.Count == classes ? names : null; // else of arrays that have been replaced
        }
        catch (JsonException error)
        {
            throw new DataException(beside, $"'{beside}' is damaged.", error.Message, "Import the data again, or remove the file: classes go by their numbers then.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(beside, $"Cannot read '{beside}'.", error.Message, "Check the file and its permissions.", error);
        }
    }

    private static string Beside(string file, string suffix) => Path.ChangeExtension(file, null) + suffix;

    // What all descriptions have in common.
    private sealed record Named(IReadOnlyList<string> Classes);
}
