namespace SparseHybrid.Deploy.Shrink;

/// <summary>Says which units of a group do nothing that a bias, or another unit, could not do.</summary>
internal static class DeadUnits
{
    /// <summary>Fills in <see cref="UnitGroup.IsDead"/>, once that of the groups computed from this one is known.</summary>
    public static void Mark(UnitGroup group)
    {
        if (group.IsFrozen || group.Consumers.Count == 0)
        {
            return;
        }

        for (var unit = 0; unit < group.Units; unit++)
        {
            group.IsDead[unit] = group.Consumers.All(consumer => consumer.CanFold(unit) || !consumer.Needs(unit));
        }

        LetOneConstantStandInForAll(group);
    }

    /// <summary>
    /// Constants that a padded convolution reads have to be kept, but one is enough: another constant c acts like it, with
    /// weights scaled by the ratio. The largest is kept, so that ratios stay small.
    /// </summary>
    private static void LetOneConstantStandInForAll(UnitGroup group)
    {
        var constants = Enumerable.Range(0, group.Units)
            .Where(unit => !group.IsDead[unit] && group.Consumers.All(consumer => consumer.IsConstant(unit)))
            .ToList();
        if (constants.Count < 2)
        {
            return;
        }

        var kept = constants.MaxBy(Smallest);
        if (Smallest(kept) == 0)
        {
            return;
        }

        foreach (var unit in constants.Where(unit => unit != kept))
        {
            group.IsDead[unit] = true;
            group.StandIns[unit] = kept;
        }

        double Smallest(int unit) => group.Consumers.Min(consumer => Math.Abs(consumer.Constants[unit]));
    }
}
