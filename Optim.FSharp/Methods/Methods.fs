/// The methods of the family at common settings, and their members without a penalty.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.Methods

/// <summary>SGD: proximal SGD whose penalty is left out.</summary>
/// <param name="settings">Momentum and weight decay.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A setting is out of its range.</exception>
[<CompiledName("Sgd")>]
let sgd (settings: ProximalSgd.Settings) : Method =
    ProximalSgd.method settings |> Method.withoutPenalty "SGD"

/// <summary>Adam: proximal Adam whose penalty is left out.</summary>
/// <param name="settings">Moments, epsilon and weight decay.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A setting is out of its range.</exception>
[<CompiledName("Adam")>]
let adam (settings: ProximalAdam.Settings) : Method =
    ProximalAdam.method settings |> Method.withoutPenalty "Adam"

/// Every method once, with momentum 0.9 at step size 1 where it has momentum, and without weight decay.
[<CompiledName("All")>]
let all: Method list =
    let timeScale = 9.5

    [ DualAveraging.method timeScale 0.0
      Rda.method Rda.published
      { Rda.method
            { Rda.published with
                Enhancement = 0.01 } with
          Name = "enhanced RDA" }
      Rmda.method { Mixing = 0.1; WeightDecay = 0.0 }
      Ramda.method
          { Mixing = 0.1
            Epsilon = 1e-6
            WeightDecay = 0.0 }
      Grda.method { ThresholdGrowth = 0.51 }
      ProximalSgd.method
          { MomentumTimeScale = timeScale
            WeightDecay = 0.0 }
      ProximalAdam.method ProximalAdam.published
      LinearizedBregman.method
          { MomentumTimeScale = timeScale
            WeightDecay = 0.0 }
      sgd
          { MomentumTimeScale = timeScale
            WeightDecay = 0.0 }
      adam ProximalAdam.published ]
