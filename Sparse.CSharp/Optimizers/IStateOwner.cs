using TorchSharp;

namespace SparseHybrid.Optimizers;

/// <summary>Something that decides the course of training, and whose memory is therefore part of a checkpoint.</summary>
public interface IStateOwner
{
    /// <summary>The whole memory as tensors by name. The tensors live as long as their owner or the present dispose scope.</summary>
    IReadOnlyDictionary<string, torch.Tensor> StateTensors();

    /// <summary>Puts back what <see cref="StateTensors"/> gave.</summary>
    /// <param name="tensors">On any device. Neither changed nor disposed.</param>
    /// <exception cref="ArgumentException">A tensor is missing or does not fit.</exception>
    void RestoreState(IReadOnlyDictionary<string, torch.Tensor> tensors);
}
