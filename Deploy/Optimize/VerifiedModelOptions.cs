using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Verify;
using SparseHybrid.Optimizers;

namespace SparseHybrid.Deploy.Optimize;

/// <summary>Settings of writing a model that is compared with where it comes from. Immutable; vary one with a <c>with</c> expression.</summary>
public abstract record VerifiedModelOptions
{
    /// <summary>Bytes of tensors that one ONNX file certainly holds.</summary>
    public const long MostBytesInside = 2_000_000_000;

    /// <summary>The form. Default dense.</summary>
    public ModelForm Form { get; init; } = ModelForm.Dense;

    /// <summary>
    /// Shrunk layers keep a multiple of this many units, where they had as many. 1 to <see cref="ShrinkOptions.MostRoundTo"/>; default
    /// 1, as small as possible. The form dense changes no widths; <see cref="ModelForm.Auto"/> with 1 also tries the multiples that suit
    /// the processor.
    /// </summary>
    public int RoundTo { get; init; } = 1;

    /// <summary>
    /// Whether <see cref="ModelForm.Auto"/> measures, which it does with the first of <see cref="Batches"/>; if not, the zeros, kind and
    /// shape of a layer decide. Default true.
    /// </summary>
    public bool MayMeasure { get; init; } = true;

    /// <summary>Threads that share the work of one operator while <see cref="ModelForm.Auto"/> measures, 1 to 1024. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// What weights and values are; in the forms with sparse kernels how the weights of these are stored, all else staying float32.
    /// Default float32.
    /// </summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>What int8 is calibrated on: typical inputs, scaled as in training, none of which the model is tested on. Null: nothing was chosen.</summary>
    public SampleSource? Calibration { get; init; }

    /// <summary>Settings of int8.</summary>
    public QuantizeOptions Quantization { get; init; } = new();

    /// <summary>
    /// Largest difference of an output to the right one that is accepted, as a share of the largest entry of that output, 0 or more.
    /// Null for that of the precision: 1e-4, with float16 0.01, with int8 0.2. Default null.
    /// </summary>
    public double? Tolerance { get; init; }

    /// <summary>
    /// Least share of samples on which a model of lower precision chooses the same class as the original, 0 to 1, where an output scores
    /// classes. Default 0.95. A model of float32 has to keep the tolerance instead.
    /// </summary>
    public double LeastAgreement { get; init; } = 0.95;

    /// <summary>The batch sizes in which outputs are compared, each at least 1; a model that fixes another size is run in that. Default 1, 3 and 64.</summary>
    public IReadOnlyList<int> Batches { get; init; } = VerificationPlan.DefaultBatches;

    /// <summary>
    /// How many samples are compared, at least 1; null: all that there are, at most <see cref="VerificationPlan.MostByDefault"/>, and of
    /// random ones as many as the batch sizes have together. Default null.
    /// </summary>
    public int? Samples { get; init; }

    /// <summary>
    /// Bytes of tensors above which they are written into a file of their own, named as the model with ".data" behind; 0 to
    /// <see cref="MostBytesInside"/>, since one ONNX file cannot hold more. Default <see cref="MostBytesInside"/>.
    /// </summary>
    public long ExternalDataAbove { get; init; } = MostBytesInside;

    internal Limits Limits => new(
        Tolerance ?? Precision switch
        {
            Precision.Float32 => 1e-4,
            Precision.Int8 => 0.2,
            _ => 0.01,
        },
        Precision == Precision.Float32 ? 0 : LeastAgreement);

    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public virtual void Validate()
    {
        Quantization.Validate();
        SettingProblem.ThrowIfAny(
        [
            SettingProblem.UnlessDefined(nameof(Form), Form),
            SettingProblem.Unless(RoundTo is >= 1 and <= ShrinkOptions.MostRoundTo, nameof(RoundTo), RoundTo, $"1 to {ShrinkOptions.MostRoundTo}"),
            SettingProblem.Unless(Threads is >= 1 and <= 1024, nameof(Threads), Threads, "1 to 1024"),
            SettingProblem.UnlessDefined(nameof(Precision), Precision),
            Precision == Precision.Float16Compute && ModelForms.MayHaveKernels(Form)
                ? new SettingProblem(nameof(Precision), ModelPrecision.NameOf(Precision), $"fp32, fp16 or int8 with the form {ModelForms.NameOf(Form)}")
                : null,
            SettingProblem.Unless(Tolerance is null or >= 0, nameof(Tolerance), Tolerance ?? 0, "0 or more"),
            SettingProblem.UnlessShare(nameof(LeastAgreement), LeastAgreement),
            Batches.Count > 0 && Batches.All(batch => batch >= 1)
                ? null
                : new SettingProblem(nameof(Batches), $"[{string.Join(", ", Batches)}]", "one or more sizes, each at least 1"),
            SettingProblem.Unless(Samples is null or >= 1, nameof(Samples), Samples ?? 0, "at least 1"),
            SettingProblem.Unless(
                ExternalDataAbove is >= 0 and <= MostBytesInside, nameof(ExternalDataAbove), ExternalDataAbove, $"0 to {MostBytesInside}"),
        ],
        "Settings are out of range");
    }

    internal VerificationPlan Plan => new(Batches, Samples);
}
