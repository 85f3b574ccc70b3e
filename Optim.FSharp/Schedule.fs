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

/// Step size and averaging as functions of the step, which counts from 1. Every schedule but <c>constant</c> ties the two by
/// h = h0 (1 - alpha), as published, unless it says otherwise: the thresholds then do not shrink with the step size, and
/// zeros survive the annealing. <c>warmUp</c> and <c>withAveraging</c> change any schedule.
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

    let private requireInitial (initialStepSize: float) =
        Errors.requireNonNegative (nameof initialStepSize) "The initial step size" initialStepSize

    let private requireWithin (totalSteps: int64) (step: int64) =
        Errors.requireAtLeastOne (nameof totalSteps) "The number of steps" (float totalSteps)
        requireStep step totalSteps

    /// <summary>h = h0 (1 - alpha) for the averaging given.</summary>
    /// <param name="initialStepSize">h0, finite, 0 or more.</param>
    /// <param name="averaging">alpha in [0, 1].</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    [<CompiledName("Tied")>]
    let tied (initialStepSize: float) (averaging: float) : SchedulePoint =
        requireInitial initialStepSize
        Errors.requireShare (nameof averaging) "The averaging" averaging

        { StepSize = initialStepSize * (1.0 - averaging)
          Averaging = averaging }

    /// <summary>h = h0 (1 + cos(pi t/N)) / 2 and alpha = (1 - cos(pi t/N)) / 2.</summary>
    /// <param name="initialStepSize">h0, finite, 0 or more.</param>
    /// <param name="totalSteps">N, 1 or more. The last step has h = 0 and alpha = 1 and changes nothing.</param>
    /// <param name="step">t, from 1 to N.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    [<CompiledName("Cosine")>]
    let cosine (initialStepSize: float) (totalSteps: int64) (step: int64) : SchedulePoint =
        requireInitial initialStepSize
        requireWithin totalSteps step
        let cosine = cos (Math.PI * float step / float totalSteps)

        { StepSize = initialStepSize * (1.0 + cosine) / 2.0
          Averaging = (1.0 - cosine) / 2.0 }

    /// <summary>The cosine schedule whose averaging starts at alpha_0: h as there, alpha = alpha_0 + (1 - alpha_0) (1 -
    /// cos(pi t/N)) / 2, so that h = h0 (1 - alpha) / (1 - alpha_0).</summary>
    /// <param name="initialStepSize">h0, finite, 0 or more.</param>
    /// <param name="initialAveraging">alpha_0 in [0, 1]; 0 is <see cref="cosine"/>.</param>
    /// <param name="totalSteps">N, 1 or more.</param>
    /// <param name="step">t, from 1 to N.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    [<CompiledName("CosineFromAveraging")>]
    let cosineFromAveraging (initialStepSize: float) (initialAveraging: float) (totalSteps: int64) (step: int64) : SchedulePoint =
        Errors.requireShare (nameof initialAveraging) "The initial averaging" initialAveraging
        let point = cosine initialStepSize totalSteps step

        { point with
            Averaging = initialAveraging + (1.0 - initialAveraging) * point.Averaging }

    /// <summary>Linear warm-up over the first 2 % of the steps, then h = h0 10^(1.1 (cos(50 pi t/(49 N) - pi/49) - 1)), which
    /// ends at h0 10^-2.2; alpha as in <see cref="cosine"/>, so not tied to h.</summary>
    /// <param name="initialStepSize">h0, finite, 0 or more.</param>
    /// <param name="totalSteps">N, 1 or more.</param>
    /// <param name="step">t, from 1 to N.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    [<CompiledName("ExponentialCosine")>]
    let exponentialCosine (initialStepSize: float) (totalSteps: int64) (step: int64) : SchedulePoint =
        let averaging = (cosine initialStepSize totalSteps step).Averaging
        let progress = float step / float totalSteps

        let share =
            if 50.0 * progress <= 1.0 then
                50.0 * progress
            else
                10.0 ** (1.1 * (cos (Math.PI * (50.0 * progress - 1.0) / 49.0) - 1.0))

        { StepSize = initialStepSize * share
          Averaging = averaging }

    /// <summary>Stages: h = h0 factor^k and alpha = 1 - factor^k, where k milestones lie before the step.</summary>
    /// <param name="initialStepSize">h0, finite, 0 or more.</param>
    /// <param name="factor">Share of the step size that a milestone leaves, in [0, 1].</param>
    /// <param name="milestones">The last step of each stage but the final one, in any order.</param>
    /// <param name="step">1 or more.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    [<CompiledName("Stages")>]
    let stages (initialStepSize: float) (factor: float) (milestones: int64 seq) (step: int64) : SchedulePoint =
        Errors.requireShare (nameof factor) "The factor of each stage" factor
        requireStep step Int64.MaxValue

        let passed =
            milestones |> Seq.filter (fun milestone -> milestone < step) |> Seq.length

        tied initialStepSize (1.0 - pown factor passed)

    /// <summary>The step size halves after each milestone, and so does 1 - alpha.</summary>
    /// <param name="initialStepSize">h0, finite, 0 or more. As published 1, with milestones after 61, 101, 141, ... 421 of 500
    /// epochs.</param>
    /// <param name="milestones">The last step of each stage but the final one, in any order.</param>
    /// <param name="step">1 or more.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    [<CompiledName("Halving")>]
    let halving (initialStepSize: float) (milestones: int64 seq) (step: int64) : SchedulePoint =
        stages initialStepSize 0.5 milestones step

    /// <summary>Any schedule with its step sizes scaled by t / n in the first n steps. The averaging is left alone: tied to a
    /// small step size, it would hold on to the start.</summary>
    /// <param name="warmUpSteps">n, 0 or more; the schedule's own steps go on counting meanwhile.</param>
    /// <param name="schedule">The schedule, such as <c>Schedule.cosine 1.0 5000L</c>.</param>
    /// <param name="step">t, 1 or more.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    [<CompiledName("WarmUp")>]
    let warmUp (warmUpSteps: int64) (schedule: int64 -> SchedulePoint) (step: int64) : SchedulePoint =
        Errors.requireNonNegative (nameof warmUpSteps) "The number of warm-up steps" (float warmUpSteps)
        let point = schedule step

        if step >= warmUpSteps then
            point
        else
            { point with
                StepSize = point.StepSize * float step / float warmUpSteps }

    /// <summary>Any schedule with an averaging of its own: alpha no longer follows the step size.</summary>
    /// <param name="averaging">alpha in [0, 1].</param>
    /// <param name="schedule">The schedule that gives the step size.</param>
    /// <param name="step">1 or more.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    [<CompiledName("WithAveraging")>]
    let withAveraging (averaging: float) (schedule: int64 -> SchedulePoint) (step: int64) : SchedulePoint =
        Errors.requireShare (nameof averaging) "The averaging" averaging

        { schedule step with
            Averaging = averaging }
