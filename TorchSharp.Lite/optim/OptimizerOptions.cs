namespace TorchSharp.Modules;

/// <summary>Settings that every optimizer has. In a group, null stands for the optimizer's default.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    public double InitialLearningRate { get; set; }

    /// <summary>Copies every setting of options of the same kind.</summary>
    public virtual void LoadStateDict(OptimizerOptions source)
    {
        LearningRate = source.LearningRate;
        InitialLearningRate = source.InitialLearningRate;
    }

    /// <summary>Takes the defaults for what is open.</summary>
    private protected virtual void Complete(OptimizerOptions defaults) => LearningRate ??= defaults.LearningRate;

    internal void CompleteFrom(OptimizerOptions defaults)
    {
        Complete(defaults);
        InitialLearningRate = LearningRate.Value;
    }

    /// <summary>Refuses a number that is negative or not a number.</summary>
    private protected static void RequireNonNegative(double? value, string parameterName)
    {
        if (!(value >= 0))
        {
            throw new ArgumentException($"{parameterName} must be 0 or more; got {value}.", parameterName);
        }
    }
}
