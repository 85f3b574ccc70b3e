/// One row per regularizer, with step size and strength left open; RegularizerLawTests holds its laws over every row.
module SparseHybrid.Optim.Tests.RegularizerTable

open System
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors

/// The operator of s * R by its own file, s and the strength given.
type Operator =
    {
        Prox: torch.Tensor -> torch.Tensor
        ProxInPlace: torch.Tensor -> unit
        /// s * R(x).
        Value: torch.Tensor -> float
    }

/// How far a NaN spreads.
[<RequireQualifiedAccess>]
type Reach =
    | Entry
    | Group of Grouping
    | Everywhere

type Row =
    {
        Name: string
        Make: float -> Regularizer
        /// From step size and strength.
        Operator: float -> float -> Operator
        NaNReach: Reach
        /// Whether strength and step size matter; not so for constraints.
        HasStrength: bool
        /// The convex conjugate of s * R, from s times the strength, where it is simple.
        Conjugate: (float -> float[] -> float) option
    }

let shape = [| 2L; 2L; 1L; 3L |]
let private kernel = Grouping.Kernel

let private penalty name make operator reach =
    { Name = name
      Make = make
      Operator = operator
      NaNReach = reach
      HasStrength = true
      Conjugate = None }

let private constraint' name regularizer operator reach =
    { penalty name (fun _ -> regularizer) (fun _ _ -> operator) reach with
        HasStrength = false }

let private conjugate f row = { row with Conjugate = Some f }
let private rounding = 1e-9
let private indicator isInside = if isInside then 0.0 else infinity

let private largest (y: float[]) =
    Array.fold (fun m v -> max m (abs v)) 0.0 y

let private total (y: float[]) = Array.sumBy abs y

let private softThreshold t =
    { Prox = SoftThreshold.prox t
      ProxInPlace = SoftThreshold.proxInPlace t
      Value = SoftThreshold.value t }

let private groupSoftThreshold t grouping =
    { Prox = GroupSoftThreshold.prox t grouping
      ProxInPlace = GroupSoftThreshold.proxInPlace t grouping
      Value = GroupSoftThreshold.value t grouping }

let private elasticNet t q =
    { Prox = ElasticNet.prox t q
      ProxInPlace = ElasticNet.proxInPlace t q
      Value = ElasticNet.value t q }

let private sparseGroupLasso t1 t2 =
    { Prox = SparseGroupLasso.prox t1 t2 kernel
      ProxInPlace = SparseGroupLasso.proxInPlace t1 t2 kernel
      Value = SparseGroupLasso.value t1 t2 kernel }

let private hardThreshold t =
    { Prox = HardThreshold.prox t
      ProxInPlace = HardThreshold.proxInPlace t
      Value = HardThreshold.value t }

let private halfThreshold t =
    { Prox = HalfThreshold.prox t
      ProxInPlace = HalfThreshold.proxInPlace t
      Value = HalfThreshold.value t }

let private logSum t =
    { Prox = LogSum.prox t 20.0 1.5
      ProxInPlace = LogSum.proxInPlace t 20.0 1.5
      Value = LogSum.value t 20.0 1.5 }

let private logGroupNorm t =
    { Prox = LogGroupNorm.prox t 20.0 1.5 kernel
      ProxInPlace = LogGroupNorm.proxInPlace t 20.0 1.5 kernel
      Value = LogGroupNorm.value t 20.0 1.5 kernel }

let private mcp step strength =
    { Prox = Mcp.prox step strength 1.5
      ProxInPlace = Mcp.proxInPlace step strength 1.5
      Value = Mcp.value strength 1.5 >> (*) step }

let private scad concavity step strength =
    { Prox = Scad.prox step strength concavity
      ProxInPlace = Scad.proxInPlace step strength concavity
      Value = Scad.value strength concavity >> (*) step }

let private lInfinityNorm t =
    { Prox = LInfinityNorm.prox t
      ProxInPlace = LInfinityNorm.proxInPlace t
      Value = LInfinityNorm.value t }

let private nuclearNorm t =
    { Prox = NuclearNorm.prox t
      ProxInPlace = NuclearNorm.proxInPlace t
      Value = NuclearNorm.value t }

let private zero =
    { Prox = fun x -> x + 0.0
      ProxInPlace = ignore
      Value = fun _ -> 0.0 }

let private nonNegative =
    { Prox = NonNegative.prox
      ProxInPlace = NonNegative.proxInPlace
      Value = NonNegative.value }

let private box lower upper =
    { Prox = Box.prox lower upper
      ProxInPlace = Box.proxInPlace lower upper
      Value = Box.value lower upper }

let private l1Ball radius =
    { Prox = L1Ball.prox radius
      ProxInPlace = L1Ball.proxInPlace radius
      Value = L1Ball.value radius }

let private nToM kept consecutive =
    { Prox = NToM.prox kept consecutive
      ProxInPlace = NToM.proxInPlace kept consecutive
      Value = NToM.value kept consecutive }

/// The squared norm as a penalty of one's own.
let private ridge strength =
    Regularizers.Custom("ridge", strength, (fun step x -> x / (1.0 + step * strength)), (fun x -> ElasticNet.value 0.0 strength x), ElasticNet.facts)

let private byFilter = sqrt 6.0
let private byKernel = sqrt 3.0

/// Product of step size and strength, for penalties where only it matters.
let private ofProduct operator step strength : Operator = operator (step * strength)

let rows: Row list =
    [ penalty "Zero" (fun _ -> Regularizers.Zero()) (fun _ _ -> zero) Reach.Entry
      |> fun row -> { row with HasStrength = false }
      penalty "L1" Regularizers.L1 (ofProduct softThreshold) Reach.Entry
      |> conjugate (fun t y -> indicator (largest y <= t + rounding))
      penalty
          "AdaptiveL1 by element"
          (fun strength -> Regularizers.AdaptiveL1(strength, 500.0, 9.5, Grouping.Element))
          (ofProduct softThreshold)
          Reach.Entry
      penalty "AdaptiveL1 by kernel" (fun strength -> Regularizers.AdaptiveL1(strength, 20.0, 0.0, kernel)) (ofProduct softThreshold) Reach.Entry
      penalty
          "AdaptiveL1 by ragged block"
          (fun strength -> Regularizers.AdaptiveL1(strength, 20.0, 3.0, Groupings.Block(2, 4)))
          (ofProduct softThreshold)
          Reach.Entry
      penalty
          "ElasticNet"
          (fun strength -> Regularizers.ElasticNet(strength, 0.7 * strength))
          (fun step strength -> elasticNet (step * strength) (0.7 * step * strength))
          Reach.Entry
      |> conjugate (fun t y ->
          if t = 0.0 then
              indicator (largest y <= rounding)
          else
              y |> Array.sumBy (fun v -> (max 0.0 (abs v - t)) ** 2.0 / (1.4 * t)))
      penalty
          "GroupLasso by filter"
          (fun strength -> Regularizers.GroupLasso(strength, Grouping.OutputFilter))
          (ofProduct (fun t -> groupSoftThreshold (t * byFilter) Grouping.OutputFilter))
          (Reach.Group Grouping.OutputFilter)
      |> conjugate (fun t y ->
          let norms =
              y |> Array.chunkBySize 6 |> Array.map (Array.sumBy (fun v -> v * v) >> sqrt)

          indicator (Array.max norms <= t * byFilter + rounding))
      penalty
          "GroupLasso by input channel"
          (fun strength -> Regularizers.GroupLasso(strength, Groupings.InputChannel 1))
          (ofProduct (fun t -> groupSoftThreshold (t * byFilter) (Groupings.InputChannel 1)))
          (Reach.Group(Groupings.InputChannel 1))
      penalty
          "AdaptiveGroupLasso by kernel"
          (fun strength -> Regularizers.AdaptiveGroupLasso(strength, 20.0, 3.0, kernel))
          (ofProduct (fun t -> groupSoftThreshold t kernel))
          (Reach.Group kernel)
      penalty
          "SparseGroupLasso by kernel"
          (fun strength -> Regularizers.SparseGroupLasso(strength, 0.5 * strength, kernel))
          (ofProduct (fun t -> sparseGroupLasso t (0.5 * t * byKernel)))
          (Reach.Group kernel)
      penalty "L0" Regularizers.L0 (ofProduct hardThreshold) Reach.Entry
      penalty "LHalf" Regularizers.LHalf (ofProduct halfThreshold) Reach.Entry
      penalty "LogSum" (fun strength -> Regularizers.LogSum(strength, 20.0, 1.5)) (ofProduct logSum) Reach.Entry
      penalty
          "LogGroupNorm by kernel"
          (fun strength -> Regularizers.LogGroupNorm(strength, 20.0, 1.5, kernel))
          (ofProduct (fun t -> logGroupNorm (t * byKernel)))
          (Reach.Group kernel)
      penalty "Mcp" (fun strength -> Regularizers.Mcp(strength, 1.5)) mcp Reach.Entry
      penalty "Scad" (fun strength -> Regularizers.Scad(strength, 3.7)) (scad 3.7) Reach.Entry
      penalty "Scad, steep" (fun strength -> Regularizers.Scad(strength, 1.2)) (scad 1.2) Reach.Entry
      constraint' "NonNegative" (Regularizers.NonNegative()) nonNegative Reach.Entry
      |> conjugate (fun _ y -> indicator (Array.max y <= rounding))
      constraint' "Box" (Regularizers.Box(-0.5, 1.0)) (box -0.5 1.0) Reach.Entry
      |> conjugate (fun _ y -> y |> Array.sumBy (fun v -> max (-0.5 * v) v))
      constraint' "L1Ball" (Regularizers.L1Ball 2.0) (l1Ball 2.0) Reach.Everywhere
      |> conjugate (fun _ y -> 2.0 * largest y)
      penalty "LInfinityNorm" Regularizers.LInfinityNorm (ofProduct lInfinityNorm) Reach.Everywhere
      |> conjugate (fun t y -> indicator (total y <= t + rounding))
      penalty "NuclearNorm" Regularizers.NuclearNorm (ofProduct nuclearNorm) Reach.Everywhere
      |> conjugate (fun t y ->
          // The largest singular value of the 2 by 6 matrix, from its 2 by 2 Gram matrix.
          let dot i j =
              Array.sum [| for k in 0..5 -> y[6 * i + k] * y[6 * j + k] |]

          let a, b, c = dot 0 0, dot 0 1, dot 1 1
          indicator (sqrt ((a + c + sqrt ((a - c) ** 2.0 + 4.0 * b * b)) / 2.0) <= t + rounding))
      constraint' "NToM 2:4" (Regularizers.NToM(2, 4)) (nToM 2 4) Reach.Entry
      constraint' "NToM 1:3" (Regularizers.NToM(1, 3)) (nToM 1 3) Reach.Entry
      penalty
          "Custom"
          ridge
          (ofProduct (fun t ->
              { Prox = fun x -> x / (1.0 + t)
                ProxInPlace = fun x -> x.div_ ((1.0 + t).ToScalar()) |> ignore
                Value = ElasticNet.value 0.0 t }))
          Reach.Entry ]

/// The backward step with the same number for every group.
let backwardStep regularizer (shape: int64[]) (dtype: torch.ScalarType) (step: float) =
    torch.full (Regularizer.groupShape regularizer shape, step.ToScalar(), dtype = dtype)

/// Regularizer.prox on float64 numbers of the table's shape.
let prox regularizer step (values: float[]) =
    use _ = torch.NewDisposeScope()

    Regularizer.prox regularizer (backwardStep regularizer shape torch.float64 step) (float64s shape values)
    |> entries

let operatorValue (operator: Operator) (values: float[]) =
    use x = float64s shape values
    operator.Value x

let length = int (Array.fold (*) 1L shape)
