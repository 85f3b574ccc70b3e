using SparseHybrid.Configuration;
using SparseHybrid.Data;

namespace SparseHybrid.Comparisons;

/// <summary>What a network has to know of the data it is built for.</summary>
/// <param name="Classes">Number of classes.</param>
/// <param name="InputShape">Shape of one input: [channels, height, width].</param>
public sealed record DataShape(int Classes, long[] InputShape)
{
    /// <summary>Of the data of a recipe.</summary>
    /// <exception cref="DataException">The data are not here, or not as they should be.</exception>
    /// <exception cref="ConfigurationException">The recipe cannot be used, or its data set needs a folder.</exception>
    public static DataShape Of(ComparisonRecipe recipe) => Of(SettingsOf(recipe));

    /// <summary>As <see cref="Of(ComparisonRecipe)"/>; of public data that are not here, as they were published.</summary>
    /// <exception cref="DataException">The data are not as they should be.</exception>
    /// <exception cref="ConfigurationException">The recipe cannot be used, or its data set needs a folder and is not a public one.</exception>
    public static DataShape Expected(ComparisonRecipe recipe)
    {
        var settings = SettingsOf(recipe);
        return settings.DataFolder is null && Published(settings.Data) is { } published && ImageDatasets.DefaultFolder(settings.Data) is null ? published : Of(settings);
    }

    private static TrainingConfiguration SettingsOf(ComparisonRecipe recipe) => recipe.SettingsOf(recipe.Arms.First(arm => arm.Role == ArmRole.Subject));

    private static DataShape Of(TrainingConfiguration settings)
    {
        try
        {
            using var data = ImageDatasets.Load(settings.Data, settings.DataFolder, settings.Numpy);
            return new DataShape(data.Train.Classes, data.Train.InputShape);
        }
        catch (ArgumentException error)
        {
            throw new ConfigurationException("recipe", "The data of the recipe cannot be read.", error.Message, "Give the folder with --data-folder, or change training.data.", error);
        }
    }

    private static DataShape? Published(string data) => data switch
    {
        "mnist" => new DataShape(10, [1, 28, 28]),
        "cifar-10" => new DataShape(10, [3, 32, 32]),
        "cifar-100" => new DataShape(100, [3, 32, 32]),
        _ => null,
    };
}
