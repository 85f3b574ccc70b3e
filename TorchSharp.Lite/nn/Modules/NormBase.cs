using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the norms over a batch share: scale and shift, and running statistics as buffers.</summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    private Parameter _weight;
    private Parameter _bias;
    private Tensor _running_mean;
    private Tensor _running_var;
    private Tensor _num_batches_tracked;

    public NormBase(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device device, ScalarType? dtype,
        string name)
        : base(name)
    {
        (this.num_features, this.eps, this.momentum) = (num_features, eps, momentum);
        (this.affine, this.track_running_stats) = (affine, track_running_stats);
        if (affine)
        {
            weight = new Parameter(empty([num_features], dtype, device));
            bias = new Parameter(empty([num_features], dtype, device));
        }

        if (track_running_stats)
        {
            running_mean = zeros([num_features], dtype, device);
            running_var = ones([num_features], dtype, device);
            num_batches_tracked = zeros([], ScalarType.Int64, device);
        }

        reset_parameters();
    }

    public long num_features { get; }

    public double eps { get; set; }

    /// <summary>Share of the newest batch in the running statistics; null averages all batches alike.</summary>
    public double? momentum { get; set; }

    public bool affine { get; }

    public bool track_running_stats { get; }

    /// <summary>Null when not affine, like <see cref="bias"/>.</summary>
    public Parameter weight
    {
        get => _weight;
        set => Replace(ref _weight, value, nameof(weight));
    }

    [MaybeNull]
    public Parameter bias
    {
        get => _bias;
        set => Replace(ref _bias, value, nameof(bias));
    }

    /// <summary>Null when no statistics are tracked, like the other two buffers.</summary>
    [MaybeNull]
    public Tensor running_mean
    {
        get => _running_mean;
        set => Replace(ref _running_mean, value, nameof(running_mean));
    }

    [MaybeNull]
    public Tensor running_var
    {
        get => _running_var;
        set => Replace(ref _running_var, value, nameof(running_var));
    }

    [MaybeNull]
    public Tensor num_batches_tracked
    {
        get => _num_batches_tracked;
        set => Replace(ref _num_batches_tracked, value, nameof(num_batches_tracked));
    }

    public void reset_running_stats()
    {
        if (track_running_stats)
        {
            nn.init.zeros_(_running_mean);
            nn.init.ones_(_running_var);
            nn.init.zeros_(_num_batches_tracked);
        }
    }

    public void reset_parameters()
    {
        reset_running_stats();
        if (affine)
        {
            nn.init.ones_(_weight);
            nn.init.zeros_(_bias);
        }
    }

    /// <exception cref="ArgumentException">The input has the wrong number of dimensions.</exception>
    protected abstract void ValidateInputDimensions(Tensor input);
}
