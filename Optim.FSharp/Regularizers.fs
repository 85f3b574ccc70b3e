namespace SparseHybrid.Optim

open System
open TorchSharp

/// Regularizers by name, checked as they are made; how C# makes them.
[<AbstractClass; Sealed>]
type Regularizers private () =
    static let validated regularizer =
        Regularizer.validate regularizer
        regularizer

    static let adaptive strength maximumFactor timeScale grouping =
        { Strength = strength
          MaximumFactor = maximumFactor
          TimeScale = timeScale
          Grouping = grouping
          WhenAllZero = WhenAllZero.ZeroWeight }

    /// <summary>R = 0.</summary>
    static member Zero() = Regularizer.Zero

    /// <summary>R = strength * ||x||_1.</summary>
    /// <param name="strength">lambda, finite, 0 or more, in the unit of a gradient entry.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The strength is out of range.</exception>
    static member L1(strength: float) = validated (Regularizer.L1 strength)

    /// <summary>The adaptively weighted l1 norm; an all-zero tensor gets weight 0 until it moves.</summary>
    /// <param name="strength">lambda, finite, 0 or more, in the unit of a gradient entry.</param>
    /// <param name="maximumFactor">M, 1 or more; 500 as published.</param>
    /// <param name="timeScale">tau_b, 0 or more, in the unit of the step size; 9.5 as published.</param>
    /// <param name="grouping">Which entries share a weight.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    static member AdaptiveL1(strength: float, maximumFactor: float, timeScale: float, grouping: Grouping) =
        validated (Regularizer.AdaptiveL1(adaptive strength maximumFactor timeScale grouping))

    /// <summary>R = strength * ||x||_1 + quadratic/2 * ||x||^2.</summary>
    /// <param name="strength">lambda, finite, 0 or more, in the unit of a gradient entry.</param>
    /// <param name="quadratic">Finite, 0 or more, in the unit of a gradient entry over a parameter entry.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    static member ElasticNet(strength: float, quadratic: float) =
        validated (Regularizer.ElasticNet(strength, quadratic))

    /// <summary>R = strength * sum of sqrt(n_g) ||x_g||, n_g the size of group g.</summary>
    /// <param name="strength">lambda, finite, 0 or more, in the unit of a gradient entry.</param>
    /// <param name="grouping">What vanishes together.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    static member GroupLasso(strength: float, grouping: Grouping) =
        validated (Regularizer.GroupLasso(strength, grouping))

    /// <summary>The group lasso with adaptive weights; an all-zero tensor gets weight 0 until it moves.</summary>
    /// <param name="strength">lambda, finite, 0 or more, in the unit of a gradient entry.</param>
    /// <param name="maximumFactor">M, 1 or more.</param>
    /// <param name="timeScale">tau_b, 0 or more, in the unit of the step size.</param>
    /// <param name="grouping">What vanishes together and shares a weight.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    static member AdaptiveGroupLasso(strength: float, maximumFactor: float, timeScale: float, grouping: Grouping) =
        validated (Regularizer.AdaptiveGroupLasso(adaptive strength maximumFactor timeScale grouping))

    /// <summary>R = strength * ||x||_1 + groupStrength * sum of sqrt(n_g) ||x_g||.</summary>
    /// <param name="strength">Of the entries; finite, 0 or more, in the unit of a gradient entry.</param>
    /// <param name="groupStrength">Of the groups; likewise.</param>
    /// <param name="grouping">What vanishes together.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    static member SparseGroupLasso(strength: float, groupStrength: float, grouping: Grouping) =
        validated (Regularizer.SparseGroupLasso(strength, groupStrength, grouping))

    /// <summary>R = strength for each entry that is not zero.</summary>
    /// <param name="strength">Finite, 0 or more, in the unit of the loss.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The strength is out of range.</exception>
    static member L0(strength: float) = validated (Regularizer.L0 strength)

    /// <summary>R = strength * sum of sqrt|x_i|.</summary>
    /// <param name="strength">Finite, 0 or more, in the unit of the loss over the root of an entry.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The strength is out of range.</exception>
    static member LHalf(strength: float) = validated (Regularizer.LHalf strength)

    /// <summary>The log-sum penalty, with slope strength at |x| = maximum and strength * maximumFactor at 0.</summary>
    /// <param name="strength">lambda, finite, 0 or more, in the unit of a gradient entry.</param>
    /// <param name="maximumFactor">M, finite, above 1.</param>
    /// <param name="maximum">m, finite, above 0, in the unit of a parameter entry.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    static member LogSum(strength: float, maximumFactor: float, maximum: float) =
        validated (Regularizer.LogSum(strength, maximumFactor, maximum))

    /// <summary>The log-sum penalty of group norms, times sqrt(n_g).</summary>
    /// <param name="strength">lambda, finite, 0 or more, in the unit of a gradient entry.</param>
    /// <param name="maximumFactor">M, finite, above 1.</param>
    /// <param name="maximum">m, finite, above 0: a group norm.</param>
    /// <param name="grouping">What vanishes together.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    static member LogGroupNorm(strength: float, maximumFactor: float, maximum: float, grouping: Grouping) =
        validated (Regularizer.LogGroupNorm(strength, maximumFactor, maximum, grouping))

    /// <summary>The minimax concave penalty.</summary>
    /// <param name="strength">lambda, finite, 0 or more, in the unit of a gradient entry.</param>
    /// <param name="concavity">gamma, finite, above 0, in the unit of the step size; 3 is customary for step size 1.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    static member Mcp(strength: float, concavity: float) =
        validated (Regularizer.Mcp(strength, concavity))

    /// <summary>The smoothly clipped absolute deviation.</summary>
    /// <param name="strength">lambda, finite, 0 or more, in the unit of a gradient entry.</param>
    /// <param name="concavity">a, finite, above 1; 3.7 as published.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    static member Scad(strength: float, concavity: float) =
        validated (Regularizer.Scad(strength, concavity))

    /// <summary>No entry is negative.</summary>
    static member NonNegative() = Regularizer.NonNegative

    /// <summary>Every entry lies between two bounds.</summary>
    /// <param name="lower">Lower bound; -infinity for none.</param>
    /// <param name="upper">Upper bound, at least lower; infinity for none.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">lower is above upper, or one is NaN.</exception>
    static member Box(lower: float, upper: float) =
        validated (Regularizer.Box(lower, upper))

    /// <summary>||x||_1 is at most the radius.</summary>
    /// <param name="radius">Finite, 0 or more, in the unit of a parameter entry.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The radius is out of range.</exception>
    static member L1Ball(radius: float) = validated (Regularizer.L1Ball radius)

    /// <summary>R = strength * max|x_i|.</summary>
    /// <param name="strength">Finite, 0 or more, in the unit of a gradient entry.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The strength is out of range.</exception>
    static member LInfinityNorm(strength: float) =
        validated (Regularizer.LInfinityNorm strength)

    /// <summary>R = strength * sum of the singular values of the weight as a matrix.</summary>
    /// <param name="strength">Finite, 0 or more, in the unit of a gradient entry.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The strength is out of range.</exception>
    static member NuclearNorm(strength: float) =
        validated (Regularizer.NuclearNorm strength)

    /// <summary>Of every m consecutive entries of a row at most n are not zero; 2 of 4 suits sparse tensor cores.</summary>
    /// <param name="kept">n, from 0 to m.</param>
    /// <param name="consecutive">m, 1 or more.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    static member NToM(kept: int, consecutive: int) =
        validated (Regularizer.NToM(kept, consecutive))

    /// <summary>A penalty of one's own.</summary>
    /// <param name="name">Says which functions are meant: two penalties of one name and strength are equal.</param>
    /// <param name="strength">Finite, 0 or more. 0 should make the operator the identity.</param>
    /// <param name="prox">argmin over y of R(y) + ||y - x||^2/(2 s), from the step size s and x: a new tensor like x.</param>
    /// <param name="value">R(x).</param>
    /// <param name="facts">What is known of R; use infinity for an unknown weak convexity.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The strength is out of range.</exception>
    static member Custom
        (name: string, strength: float, prox: Func<float, torch.Tensor, torch.Tensor>, value: Func<torch.Tensor, float>, facts: PenaltyFacts)
        =
        validated (
            Regularizer.Custom
                { Name = name
                  Strength = strength
                  Prox = fun stepSize x -> prox.Invoke(stepSize, x)
                  Value = value.Invoke
                  Facts = facts }
        )
