/// The steps of several methods in two passes over memory, for contiguous float32 tensors: in main memory, and on CUDA devices
/// where their kernels can be had.
module internal SparseHybrid.Optim.FusedStep

open TorchSharp
open FusedOperands

let private isOnCuda (tensor: torch.Tensor) = tensor.device_type = DeviceType.CUDA

/// Whether the fused step covers a parameter and the tensors that belong to it: flat, float32, and not empty.
let canRun (regularizer: Regularizer) (parameter: torch.Tensor) (others: torch.Tensor seq) =
    let isCovered =
        if isOnCuda parameter then
            FusedStepOnCuda.covers regularizer parameter others
        else
            Floats.Covers parameter && Seq.forall Floats.Covers others

    parameter.NumberOfElements > 0L
    && isCovered
    && (walk regularizer parameter).IsSome
    && (not (isOnCuda parameter) || CudaKernels.areUsed parameter.device_index)

/// One step; canRun must have said yes.
let run (operands: Operands) (advance: FusedAdvance.Advance) : unit =
    if isOnCuda operands.Parameter then
        FusedStepOnCuda.run (CudaKernels.device operands.Parameter.device_index) operands advance
    else
        FusedStepOnProcessor.run operands advance
