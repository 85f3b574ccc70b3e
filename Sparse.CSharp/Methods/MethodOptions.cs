using System.Text.Json.Serialization;
using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using SparseHybrid.Sparsifiers;

namespace SparseHybrid.Methods;

/// <summary>
/// A training method with its settings; each child is one method. Immutable; vary one with a <c>with</c> expression. In JSON an
/// object whose "name" tells which.
/// </summary>
/// <remarks>
/// <see cref="CustomMethodOptions"/> trains with a method of your own. Derive from this type for one with settings that are checked:
/// <see cref="CreateMethod"/> gives the step as functions of Optim.FSharp. Such methods train like the others, but a run record cannot
/// tell of them.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "name")]
[JsonDerivedType(typeof(XrdaOptions), "xrda")]
[JsonDerivedType(typeof(RdaOptions), "rda")]
[JsonDerivedType(typeof(EnhancedRdaOptions), "enhanced-rda")]
[JsonDerivedType(typeof(RmdaOptions), "rmda")]
[JsonDerivedType(typeof(RamdaOptions), "ramda")]
[JsonDerivedType(typeof(GrdaOptions), "grda")]
[JsonDerivedType(typeof(ProximalSgdOptions), "proximal-sgd")]
[JsonDerivedType(typeof(ProximalAdamOptions), "proximal-adam")]
[JsonDerivedType(typeof(LinearizedBregmanOptions), "linearized-bregman")]
[JsonDerivedType(typeof(SgdOptions), "sgd")]
[JsonDerivedType(typeof(AdamOptions), "adam")]
[JsonDerivedType(typeof(L1SubgradientOptions), "l1-subgradient")]
[JsonDerivedType(typeof(OneShotPruningOptions), "one-shot-pruning")]
[JsonDerivedType(typeof(GradualPruningOptions), "gradual-pruning")]
[JsonDerivedType(typeof(IterativePruningOptions), "iterative-pruning")]
[JsonDerivedType(typeof(SparseEvolutionOptions), "set")]
[JsonDerivedType(typeof(RigLOptions), "rigl")]
[JsonDerivedType(typeof(GlobalSparseMomentumOptions), "gsm")]
[JsonDerivedType(typeof(NetworkSlimmingOptions), "network-slimming")]
[JsonDerivedType(typeof(StructuredLassoOptions), "ssl")]
public abstract record MethodOptions
{
    /// <summary>The names of all methods, as the command line and JSON know them.</summary>
    public static IReadOnlyList<string> Names => Named<MethodOptions>.Names;

    /// <summary>The method's name; of a method of one's own that of its type.</summary>
    [JsonIgnore]
    public virtual string Name => Named<MethodOptions>.Of(this);

    /// <summary>The step size used when none is set. 1, but for Adam and its kin 0.001.</summary>
    [JsonIgnore]
    public virtual double DefaultStepSize => 1.0;

    /// <summary>Whether the penalty takes part: lambda and the regularizer mean nothing to a method without one.</summary>
    [JsonIgnore]
    public virtual bool HasPenalty => true;

    /// <summary>
    /// Whether the parameters that gradients are taken at are the trained model. If not, the model is made from them for
    /// evaluation and at the end.
    /// </summary>
    [JsonIgnore]
    public virtual bool ParameterIsModel => true;

    /// <summary>
    /// Whether the method's sparsifier itself ends with the share of zeros asked for; if not, and there is a penalty, a controller
    /// moves lambda.
    /// </summary>
    [JsonIgnore]
    public virtual bool PrunesToTarget => false;

    /// <summary>
    /// Whether the method starts anew, from where it is, whenever a schedule of stages lowers the step size; its settings may
    /// then change with the stage.
    /// </summary>
    [JsonIgnore]
    public virtual bool RestartsAtStages => false;

    /// <summary>
    /// Whether the step size must stay as it is: a method that measures each step from its start goes back there as the step size
    /// falls.
    /// </summary>
    [JsonIgnore]
    public virtual bool NeedsConstantStepSize => false;

    /// <summary>
    /// Whether a step's thresholds are in proportion to its step size, so that lambda loses its hold on the zeros as training
    /// anneals; methods that add thresholds up keep it.
    /// </summary>
    [JsonIgnore]
    public virtual bool ThresholdsFollowStepSize => false;

    /// <summary>Whether lambda is in the unit of the parameters, not of their gradients.</summary>
    [JsonIgnore]
    public virtual bool LambdaIsInUnitOfParameter => false;

    /// <summary>The method of this name with its default settings.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such method; the message lists them all.</exception>
    public static MethodOptions Create(string name) => Named<MethodOptions>.Create(name, "method");

    /// <summary>The step of one parameter as functions of Optim.FSharp.</summary>
    /// <param name="stageShare">Step size of the present stage of a schedule over that of the first, above 0 and at most 1.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public abstract Method CreateMethod(double stageShare = 1.0);

    /// <summary>The penalty that the method trains with: the run's own, but for methods that are made for another form.</summary>
    /// <param name="ofRun">The run's regularizer.</param>
    public virtual Regularizer Penalty(Regularizer ofRun) => ofRun;

    /// <summary>What the method does around the optimizer's steps; null: nothing. The caller owns it.</summary>
    /// <param name="context">The network and its optimizer.</param>
    public virtual Sparsifier? CreateSparsifier(SparsifierContext context) => null;

    /// <summary>Whether, in a step, the penalty moves a weight by step size times lambda times the weight's own factor.</summary>
    internal virtual bool PullsByStepSize => false;

    /// <summary>Why the method cannot train the network, a sentence; null: it can.</summary>
    /// <param name="build">Makes the network, for a method that has to look at it; the caller of it owns what it makes.</param>
    internal virtual string? Misfit(Func<TorchSharp.torch.nn.Module> build) => null;

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate() => SettingProblem.ThrowIfAny(Problems(), $"The settings of the method {Name} are out of range");

    /// <summary>Every setting out of range, with its value and the legal range.</summary>
    internal virtual IEnumerable<SettingProblem?> Problems() => [];
}
