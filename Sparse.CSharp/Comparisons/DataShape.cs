using SparseHybrid.Data;

namespace SparseHybrid.Comparisons;

/// <summary>What a network has to know of the data it is built for.</summary>
/// <param name="Classes">Number of classes.</param>
/// <param name="InputShape">Shape of one image: [channels, height, width].</param>
public sealed record DataShape(int Classes, long[] InputShape)
{
    /// <summary>Of the data of a recipe; of public data that are not here, as published.</summary>
    /// <exception cref="DataException">The data are not as they should be, or not here and nobody else's.</exception>
    /// <exception cref="ConfigurationException">The training settings of the recipe cannot be used.</exception>
    public static DataShape Of(ComparisonRecipe recipe)
    {
        var settings = recipe.SettingsOf(recipe.Arms.First(arm => arm.Role == ArmRole.Subject));
        try
        {
            using var data = ImageDatasets.Load(settings.Data, settings.DataFolder, settings.Numpy);
            return new DataShape(data.Train.Classes, data.Train.InputShape);
        }
        catch (DataException) when (settings.DataFolder is null && Published(settings.Data) is not null)
        {
            return Published(settings.Data)!;
        }
    }

    private static DataShape? Published(string data) => data switch
    {
        "mnist" or "fashion-mnist" => new DataShape(10, [1, 28, 28]),
        "cifar-10" => new DataShape(10, [3, 32, 32]),
        "cifar-100" => new DataShape(100, [3, 32, 32]),
        _ => null,
    };
}
