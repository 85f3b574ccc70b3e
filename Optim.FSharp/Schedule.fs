namespace SparseHybrid.Optim

open System

/// What a schedule gives for one step.
[<Struct>]
type SchedulePoint =
    {
        /// h, 0 or more.
        StepSize: float
        /// alpha in [0, 1]: 0 is a proximal gradient step, 1 dual averaging.
        Averaging: float
    }

/// Step size and averaging as functions of the step, which counts from 1. The published schedules tie the two by
/// h = h0 (1 - alpha): the thresholds then do not shrink with the step size, and zeros survive the annealing.
[<RequireQualifiedAccess>]
module Schedule =
    let private requireStep (step: int64) (last: int64) =
        if step < 1L || step > last then
            let message = $"Steps count from 1 and this schedule ends after step {last}."
            raise (ArgumentOutOfRangeException(nameof step, step, message))

    /// <summary>The same step size and averaging at every step.</summary>
    /// <param name="stepSize">h, finite, 0 or more.</param>
    /// <param name="averaging">alpha in [0, 1]. A constant alpha above 0 fills its thresholds only over about
    /// 1 / (1 - alpha) steps.</param>
    /// <param name="step">1 or more.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    [<CompiledName("Constant")>]
    let constant (stepSize: float) (averaging: float) (step: int64) : SchedulePoint =
        Errors.requireNonNegative (nameof stepSize) "The step size" stepSize
        Errors.requireShare (nameof averaging) "The averaging" averaging
        requireStep step Int64.MaxValue

        { StepSize = stepSize
          Averaging = averaging }

    /// <summary>h = h0 (1 + cos(pi t/N)) / 2 and alpha = (1 - cos(pi t/N)) / 2.</summary>
    /// <param name="initialStepSize">h0, finite, 0 or more.</param>
    /// <param name="totalSteps">N, 1 or more. The last step has h = 0 and alpha = 1 and changes nothing.</param>
    /// <param name="step">t, from 1 to N.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    [<CompiledName("Cosine")>]
    let cosine (initialStepSize: float) (totalSteps: int64) (step: int64) : SchedulePoint =
        Errors.requireNonNegative (nameof initialStepSize) "The initial step size" initialStepSize
        Errors.requireAtLeastOne (nameof totalSteps) "The number of steps" (float totalSteps)
        requireStep step totalSteps
        let cosine = cos (Math.PI * float step / float totalSteps)

        { StepSize = initialStepSize * (1.0 + cosine) / 2.0
          Averaging = (1.0 - cosine) / 2.0 }
