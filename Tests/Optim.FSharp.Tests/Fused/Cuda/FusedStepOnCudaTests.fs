/// The kernels, run by the played device, against the processor's fused step.
[<Xunit.Collection(SparseHybrid.Optim.Tests.Fused.Cuda.PlayedDevice.Turns)>]
module SparseHybrid.Optim.Tests.Fused.Cuda.FusedStepOnCudaTests

open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.FusedAdvance
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private adaptiveBy grouping =
    Regularizers.AdaptiveL1(0.02, 500.0, 3.0, grouping)

/// Steps of all methods on the device and on the processor, with the same bits in every tensor of the state.
let private agreesIn (place: torch.Tensor -> torch.Tensor) seed regularizer (shape: int64[]) =
    use _ = torch.NewDisposeScope()
    let device = PlayedDevice.openDevice ()
    let expected = CudaCheck.steps seed regularizer shape id
    let actual = CudaCheck.steps seed regularizer shape place

    for (expectedStep, expectedAdvance, expectedTensors), (actualStep, actualAdvance, actualTensors) in List.zip expected actual do
        FusedStepOnProcessor.run expectedStep expectedAdvance
        FusedStepOnCuda.run device actualStep actualAdvance

        for i, (x, y) in List.indexed (List.zip expectedTensors actualTensors) do
            Assert.True(sameNumbers x y, $"{FusedStepOnCuda.name actualAdvance}, {regularizer}, {Errors.shapeText shape}, seed {seed}: tensor {i}")

    Assert.Equal(0, PlayedDevice.contexts ())

let private agrees seed regularizer shape = agreesIn id seed regularizer shape

[<Fact>]
let ``without adaptive weights and with a weight per entry, every size gives the processor's bits`` () =
    for regularizer in [ Regularizers.Zero(); Regularizers.L1 0.25; adaptiveBy Grouping.Element ] do
        for size in [ 1L; 2L; 3L; 4L; 5L; 255L; 1023L; 1024L; 4099L; 40001L ] do
            agrees (int size) regularizer [| size |]

/// Groupings with the shapes of weights that they divide.
let private groupings =
    [ Grouping.Kernel, [ [| 5L; 3L; 3L; 3L |]; [| 40L; 2L; 1L; 1L |]; [| 70L; 9L; 7L; 7L |] ]
      Grouping.OutputFilter, [ [| 1L; 3L; 3L; 3L |]; [| 20L; 30L; 3L; 3L |] ]
      Groupings.InputChannel 1, [ [| 5L; 3L; 3L; 3L |]; [| 40L; 37L; 3L; 3L |]; [| 33L; 35L; 1L; 1L |] ]
      Groupings.InputChannel 2, [ [| 6L; 4L; 3L; 3L |] ]
      Groupings.InputChannel 30, [ [| 30L; 1L; 3L; 3L |] ]
      Grouping.Row, [ [| 3L; 700L |]; [| 2L; 9000L |]; [| 300L; 17L |]; [| 9L; 1L |] ]
      Grouping.Column, [ [| 3L; 700L |]; [| 130L; 33L |]; [| 900L; 2L |]; [| 1L; 9L |] ]
      Groupings.Block(2, 3), [ [| 4L; 600L |] ]
      Groupings.Block(3, 9), [ [| 6L; 4L; 3L; 3L |] ]
      Groupings.Block(4, 300), [ [| 8L; 900L |] ] ]

[<Fact>]
let ``with a weight per group, every grouping gives the processor's bits`` () =
    for grouping, shapes in groupings do
        for shape in shapes do
            agrees 2 (adaptiveBy grouping) shape

/// Skips itself where there is no CUDA device.
type CudaFactAttribute() =
    inherit FactAttribute()

    do
        if not (torch.cuda.is_available ()) then
            base.Skip <- "libtorch finds no CUDA device here."

[<CudaFact>]
let ``on a real device steps in place are fused, and equal the processor's to a few ulps, with the same zeros`` () =
    Assert.True(CudaKernels.areUsed 0, CudaKernels.describe 0)
    let cuda = torch.device (DeviceType.CUDA, 0)
    let device = CudaKernels.device 0

    let cases =
        [ for regularizer in [ Regularizers.Zero(); Regularizers.L1 0.25; adaptiveBy Grouping.Element ] do
              for size in [ 1L; 1023L; 40001L; 5000000L ] -> regularizer, [| size |]

          for grouping, shapes in groupings do
              for shape in shapes -> adaptiveBy grouping, shape
          for grouping in
              [ Grouping.Kernel
                Grouping.OutputFilter
                Groupings.InputChannel 1
                Grouping.Column ] -> adaptiveBy grouping, [| 512L; 512L; 3L; 3L |] ]

    for regularizer, shape in cases do
        use _ = torch.NewDisposeScope()
        let expected = CudaCheck.steps 1 regularizer shape id
        let actual = CudaCheck.steps 1 regularizer shape _.``to``(cuda)

        for (expectedStep, expectedAdvance, x), (actualStep, actualAdvance, y) in List.zip expected actual do
            Assert.True(FusedStep.canRun regularizer actualStep.Parameter [ actualStep.Gradient ])
            FusedStepOnProcessor.run expectedStep expectedAdvance
            FusedStepOnCuda.run device actualStep actualAdvance

            for x, y in List.zip x y do
                assertClose 1e-6 1e-7 $"{FusedStepOnCuda.name actualAdvance}, {regularizer}, {Errors.shapeText shape}" (entries x) (entries y)

/// The tensor as part of a longer one, so many entries from its start, and the whole.
let private within (before: int64) (tensor: torch.Tensor) =
    let count = tensor.NumberOfElements

    let whole =
        torch.full ([| before + count + 8L |], 77.0.ToScalar(), dtype = torch.float32)

    let part = whole.narrow (0L, before, count)
    part.copy_ (tensor.reshape -1L) |> ignore
    whole, part.reshape tensor.shape

[<Fact>]
let ``tensors that start anywhere are stepped, and nothing is written beside them`` () =
    for before in [ 1L; 4L; 7L ] do
        for regularizer in
            [ Regularizers.L1 0.25
              adaptiveBy Grouping.Element
              adaptiveBy Grouping.Kernel ] do
            for shape in [ [| 7L; 3L; 3L; 3L |]; [| 2L; 2L; 5L; 4L |] ] do
                use _ = torch.NewDisposeScope()
                let wholes = ResizeArray()

                agreesIn
                    (fun tensor ->
                        let whole, part = within before tensor
                        wholes.Add(struct (whole.DetachFromDisposeScope(), tensor.NumberOfElements))
                        part)
                    3
                    regularizer
                    shape

                for whole, count in wholes do
                    let numbers = entries whole

                    let beside =
                        Array.append (Array.take (int before) numbers) (Array.skip (int (before + count)) numbers)

                    Assert.All(beside, (fun number -> Assert.Equal(77.0, number)))
                    whole.Dispose()

[<Fact>]
let ``NaN and infinities spread as on the processor`` () =
    for regularizer in
        [ Regularizers.L1 0.25
          adaptiveBy Grouping.Element
          adaptiveBy Grouping.Kernel ] do
        for special in [ nan; infinity; -infinity ] do
            for poisoned in 0..1 do
                let mutable number = 0

                // The gradient comes first, then the parameter, of each of the methods.
                let place (tensor: torch.Tensor) =
                    let isIt = tensor.NumberOfElements = 27L && number % 4 = poisoned

                    if tensor.NumberOfElements = 27L then
                        number <- number + 1

                    if isIt then
                        let numbers = entries tensor
                        numbers[8] <- special
                        float32s tensor.shape numbers
                    else
                        tensor

                use _ = torch.NewDisposeScope()
                let device = PlayedDevice.openDevice ()
                let shape = [| 1L; 3L; 3L; 3L |]
                let expected = CudaCheck.steps 1 regularizer shape place
                number <- 0
                let actual = CudaCheck.steps 1 regularizer shape place

                for (expectedStep, expectedAdvance, x), (actualStep, actualAdvance, y) in List.zip expected actual do
                    FusedStepOnProcessor.run expectedStep expectedAdvance
                    FusedStepOnCuda.run device actualStep actualAdvance
                    Assert.True(List.forall2 sameNumbers x y, $"{actualAdvance}, {regularizer}, {special}")

[<Fact>]
let ``the policies for all-zero tensors are the processor's`` () =
    for policy in
        [ WhenAllZero.MaximumWeight
          WhenAllZero.UnitWeight
          WhenAllZero.ZeroWeight
          WhenAllZero.NotANumber ] do
        for grouping in [ Grouping.Element; Grouping.Kernel ] do
            let options: AdaptiveL1 =
                { Strength = 0.01
                  MaximumFactor = 20.0
                  TimeScale = 3.0
                  Grouping = grouping
                  WhenAllZero = policy }

            use _ = torch.NewDisposeScope()
            let device = PlayedDevice.openDevice ()
            let regularizer = Regularizer.AdaptiveL1 options

            let steps () =
                [ for step, advance, tensors in CudaCheck.steps 1 regularizer [| 2L; 2L; 1L; 5L |] id do
                      step.Parameter.zero_ () |> ignore
                      step.RunningAverage.zero_ () |> ignore
                      step, advance, tensors ]

            for (expectedStep, expectedAdvance, x), (actualStep, actualAdvance, y) in List.zip (steps ()) (steps ()) do
                FusedStepOnProcessor.run expectedStep expectedAdvance
                FusedStepOnCuda.run device actualStep actualAdvance
                Assert.True(List.forall2 sameNumbers x y, $"{policy}, {grouping}")

[<Fact>]
let ``a step takes one launch, two with a weight per entry, three with one per group`` () =
    let launchesOf regularizer shape =
        use _ = torch.NewDisposeScope()
        let device = PlayedDevice.openDevice ()

        [ for step, advance, _ in CudaCheck.steps 1 regularizer shape id do
              let before = PlayedDevice.allLaunches ()
              FusedStepOnCuda.run device step advance
              PlayedDevice.allLaunches () - before ]

    Assert.Equal<int list>([ 1; 1; 1; 1 ], launchesOf (Regularizers.L1 0.1) [| 9L |])
    Assert.Equal<int list>([ 2; 2; 2; 2 ], launchesOf (adaptiveBy Grouping.Element) [| 9L |])
    // Proximal SGD keeps no backward steps.
    Assert.Equal<int list>([ 3; 2; 3; 3 ], launchesOf (adaptiveBy Grouping.Row) [| 3L; 3L |])

[<Fact>]
let ``tensors in main memory are not covered, but for a single number that serves all entries`` () =
    use _ = torch.NewDisposeScope()
    let many, one = torch.zeros 12L, torch.zeros 1L
    let plain = Regularizers.L1 0.1
    Assert.Equal<bool list>([ false; true ], [ for x in [ many; one ] -> FusedStepOnCuda.covers plain one [ x ] ])
    Assert.False(FusedStepOnCuda.covers (adaptiveBy Grouping.Element) one [ one ])
