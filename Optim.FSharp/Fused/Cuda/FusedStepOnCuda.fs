/// The fused step for tensors on a CUDA device: one kernel without adaptive weights, two with a weight per entry, and at most
/// three with a weight per group, put at the end of libtorch's stream without waiting for them.
module internal SparseHybrid.Optim.FusedStepOnCuda

open System
open TorchSharp
open FusedOperands
open FusedAdvance

/// Whether the kernels can work on these tensors. What one number serves, a regularizer without adaptive weights keeps in main
/// memory.
let covers (regularizer: Regularizer) (parameter: torch.Tensor) (others: torch.Tensor seq) =
    let isAdaptive = regularizer.IsAdaptiveL1
    let device = parameter.device_index

    let isCovered (tensor: torch.Tensor) =
        Floats.Suits tensor
        && (if tensor.device_type = DeviceType.CUDA then
                tensor.device_index = device
            else
                not isAdaptive
                && tensor.device_type = DeviceType.CPU
                && tensor.NumberOfElements = 1L)

    isCovered parameter && Seq.forall isCovered others

/// The address of a tensor's first entry.
let private address (tensor: torch.Tensor) : nativeint =
    use _ = torch.NewDisposeScope() // the official package makes a tensor on the way
    use storage = tensor.storage<float32>()

    storage.data_ptr ()
    + nativeint (tensor.storage_offset () * int64 sizeof<float32>)

/// What the names of a method's kernels begin with.
let name (advance: Advance) : string =
    match advance with
    | Advance.DualAveraging _ -> "dual_averaging"
    | Advance.ProximalSgd _ -> "proximal_sgd"
    | Advance.Rda _ -> "rda"
    | Advance.Grda _ -> "grda"

/// The method's numbers and tensors.
let private withAdvance (advance: Advance) (step: CudaStep) : CudaStep =
    let rated (rates: Rates) =
        { step with
            Kept = rates.Kept
            Fresh = rates.Fresh
            WeightDecay = rates.WeightDecay
            StepSize = rates.StepSize
            Strength = rates.Strength }

    match advance with
    | Advance.DualAveraging(rates, averaging, rest, velocity, forwardPoint) ->
        { rated rates with
            Averaging = averaging
            Rest = rest
            First = address velocity
            Second = address forwardPoint }
    | Advance.ProximalSgd(rates, velocity) ->
        { rated rates with
            First = address velocity }
    | Advance.Rda(rates, enhancement, gradientAverage, start) ->
        { rated rates with
            Enhancement = enhancement
            First = address gradientAverage
            Second = address start }
    | Advance.Grda(stepSize, strength, forwardPoint) ->
        { step with
            StepSize = stepSize
            Strength = strength
            First = address forwardPoint }

/// Vectors of four entries, where all addresses are multiples of their size.
let private withVectors (isByEntry: bool) (step: CudaStep) : CudaStep =
    let perEntry =
        [ step.Gradient; step.Parameter; step.First; step.Second ]
        @ (if isByEntry then
               [ step.Average; step.BackwardStep ]
           else
               [])

    let isAligned = perEntry |> List.forall (fun address -> address % 16n = 0n)

    { step with
        Vectors = if isAligned then step.Entries / 4u else 0u }

/// Pieces of work of a kernel over all entries.
let private pieces (step: CudaStep) =
    if step.Vectors = 0u then
        int step.Entries
    else
        int step.Vectors

/// One number for all entries, updated in main memory.
let private constantBackwardStep (operands: Operands) : float32 =
    let rule = constantWeight operands.Regularizer
    use average = torch.zeros (1L, dtype = torch.float32)

    match operands.BackwardStep with
    | BackwardStep.Stored(tensor, kept, fresh) ->
        let backwardStep = Floats.Of tensor
        FusedBackwardSteps.update rule (float32 kept) (float32 fresh) (Floats.Of average) backwardStep
        backwardStep[0]
    | BackwardStep.Passing fresh ->
        let backwardStep = Floats.Of average
        FusedBackwardSteps.compute rule (float32 fresh) backwardStep backwardStep
        backwardStep[0]

/// Running averages, weights and backward steps of an adaptive regularizer.
let private withWeights (options: AdaptiveL1) (walk: GroupWalk) (operands: Operands) (step: CudaStep) : CudaStep =
    let shares = averageShares options operands

    let rule =
        FusedBackwardSteps.adaptiveWeight options (AdaptiveL1.layout options operands.Parameter) infinityf

    let teams = CudaTeams.ofWalk walk
    // Without repetitions all groups take turns.
    let outer, inner =
        if walk.Across = 1 then
            1, walk.GroupCount
        else
            walk.Outer, walk.Inner

    let weighted =
        { step with
            Average = address operands.RunningAverage
            AverageKept = shares.Kept
            AverageFresh = shares.Fresh
            GroupSize = float32 walk.GroupSize
            Groups = uint32 walk.GroupCount
            Outer = uint32 outer
            Across = uint32 walk.Across
            Inner = uint32 inner
            Run = uint32 walk.Run
            Lanes = uint32 teams.Lanes
            Turns = uint32 teams.Turns
            Slices = uint32 teams.Slices
            ByRun = CudaDivisor.Of walk.Run
            ByInner = CudaDivisor.Of inner
            ByAcross = CudaDivisor.Of walk.Across
            Slope = rule.Slope
            Numerator = rule.Numerator
            Scale = rule.Scale }

    let guarded =
        match AdaptiveL1.weightWhenAllZero options with
        | ValueSome weight ->
            { weighted with
                AllZeroWeight = float32 weight
                SmallestMaximum = float32 AdaptiveL1.SmallestMaximum }
        | ValueNone -> weighted

    match operands.BackwardStep with
    | BackwardStep.Stored(tensor, kept, fresh) ->
        { guarded with
            BackwardStep = address tensor
            BackwardKept = float32 kept
            BackwardFresh = float32 fresh }
    | BackwardStep.Passing fresh ->
        { guarded with
            BackwardFresh = float32 fresh }

let private runByEntry device method (launch: CudaLaunch) (step: CudaStep) =
    let step = withVectors true step
    let blocks = CudaDevice.blocksFor device (pieces step)

    let step =
        { step with
            AverageBlocks = uint32 blocks }

    launch "average_entries" blocks step
    launch $"{method}_by_entry" blocks step

let private runByGroup device method (launch: CudaLaunch) (step: CudaStep) =
    let step = withVectors false step
    let tiles = int step.Outer * int ((step.Inner + step.Turns - 1u) / step.Turns)
    let blocks = CudaDevice.blocksForTiles device tiles

    let step =
        { step with
            AverageBlocks = uint32 blocks }

    launch "average_groups" blocks step

    if step.BackwardStep <> 0n then
        launch "backward_steps" (CudaDevice.blocksFor device (int step.Groups)) step

    launch $"{method}_by_group" (CudaDevice.blocksFor device (pieces step)) step

/// One step; the tensors must be covered. Their addresses may be in main memory where the device only plays one.
let run (device: CudaDevice) (operands: Operands) (advance: Advance) : unit =
    let step =
        { Unchecked.defaultof<CudaStep> with
            Gradient = address operands.Gradient
            Parameter = address operands.Parameter
            Maxima = CudaDevice.maxima device
            Entries = uint32 operands.Parameter.NumberOfElements }
        |> withAdvance advance

    let method = name advance

    CudaDevice.launching device (fun launch ->
        match operands.Regularizer with
        | Regularizer.AdaptiveL1 options ->
            let walk = (walk operands.Regularizer operands.Parameter).Value
            let step = withWeights options walk operands step

            if walk.IsElementwise then
                runByEntry device method launch step
            else
                runByGroup device method launch step
        | _ ->
            let step =
                withVectors
                    false
                    { step with
                        ConstantBackwardStep = constantBackwardStep operands }

            launch $"{method}_constant" (CudaDevice.blocksFor device (pieces step)) step)

    // Addresses do not keep the native memory alive, the tensors do.
    GC.KeepAlive operands
    GC.KeepAlive advance
