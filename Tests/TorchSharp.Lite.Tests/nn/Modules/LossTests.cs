using System.Runtime.InteropServices;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Lite.Tests.nn.Modules;

public class LossTests
{
    private static Tensor Scores => Shaped([2, 3], 1, 2, 0.5, 0, -1, 3);

    private static Tensor Target => tensor(new long[] { 1, 2 });

    // From PyTorch 1.13.
    [Fact]
    public void Cross_entropy_is_that_of_PyTorch()
    {
        using DisposeScope scope = NewDisposeScope();

        AssertClose([0.265126343932687], CrossEntropyLoss().forward(Scores, Target));
        AssertClose([0.530252687865374], CrossEntropyLoss(reduction: Reduction.Sum).forward(Scores, Target));
        AssertClose([0.4643687841079449, 0.06588390375742911], CrossEntropyLoss(reduction: Reduction.None).forward(Scores, Target));
        AssertClose([0.19871219720760105], CrossEntropyLoss(weight: Vector(1, 2, 4)).forward(Scores, Target));
        AssertClose([0.4643687841079449], CrossEntropyLoss(ignore_index: 2).forward(Scores, Target));
        AssertClose([0.4234596772660204], new TorchSharp.Modules.CrossEntropyLoss(label_smoothing: 0.1).forward(Scores, Target));
    }

    [Fact]
    public void Negative_log_likelihood_of_log_softmax_is_cross_entropy()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logProbabilities = functional.log_softmax(Scores, 1);

        AssertClose([0.265126343932687], NLLLoss().forward(logProbabilities, Target));
        AssertClose([0.4643687841079449, 0.06588390375742911], NLLLoss(reduction: Reduction.None).forward(logProbabilities, Target));
    }

    [Fact]
    public void Mean_squared_error_is_the_mean_of_the_squares()
    {
        using DisposeScope scope = NewDisposeScope();

        AssertClose([5], MSELoss().forward(Vector(1, 2), Vector(2, 5)));
        AssertClose([10], MSELoss(Reduction.Sum).forward(Vector(1, 2), Vector(2, 5)));
        AssertClose([1, 9], MSELoss(Reduction.None).forward(Vector(1, 2), Vector(2, 5)));
    }

    [Fact]
    public void A_target_outside_the_classes_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor scores = Scores, target = tensor(new long[] { 0, 3 });

        Assert.Contains("3", Assert.Throws<ExternalException>(() => functional.cross_entropy(scores, target)).Message);
    }

    [Fact]
    public void Targets_of_another_number_are_refused_with_both_numbers()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor scores = Scores, target = tensor(new long[] { 0, 1, 2 });

        string message = Assert.Throws<ExternalException>(() => functional.cross_entropy(scores, target)).Message;

        Assert.Contains("2", message);
        Assert.Contains("3", message);
    }
}
