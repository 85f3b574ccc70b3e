/// Argument checks that every file shares. Each message names the parameter, the value and the legal range.
module internal SparseHybrid.Optim.Errors

open System
open TorchSharp

let private outOfRange (name: string) (value: float) (meaning: string) =
    raise (ArgumentOutOfRangeException(name, value, meaning))

/// Comparisons are written so that NaN fails too.
let requireNonNegative (name: string) (meaning: string) (value: float) =
    if not (value >= 0.0 && value < infinity) then
        outOfRange name value $"{meaning} must be finite and 0 or more."

/// Of operators that are told the threshold, not step size and strength apart.
let requireThreshold (threshold: float) =
    requireNonNegative (nameof threshold) "The threshold, step size * strength," threshold

let requireAtLeastOne (name: string) (meaning: string) (value: float) =
    if not (value >= 1.0 && value < infinity) then
        outOfRange name value $"{meaning} must be finite and 1 or more."

let requireAbove (bound: float) (name: string) (meaning: string) (value: float) =
    if not (value > bound && value < infinity) then
        outOfRange name value $"{meaning} must be finite and above {bound}."

let requireShare (name: string) (meaning: string) (value: float) =
    if not (value >= 0.0 && value <= 1.0) then
        outOfRange name value $"{meaning} must lie between 0 and 1."

let requirePositiveShare (name: string) (meaning: string) (value: float) =
    if not (value > 0.0 && value <= 1.0) then
        outOfRange name value $"{meaning} must be above 0 and at most 1."

let requireBelowOne (name: string) (meaning: string) (value: float) =
    if not (value >= 0.0 && value < 1.0) then
        outOfRange name value $"{meaning} must be 0 or more and below 1."

let requireBetween (name: string) (meaning: string) (lowest: float) (highest: float) (value: float) =
    if not (value >= lowest && value <= highest) then
        outOfRange name value $"{meaning} must lie between {lowest} and {highest}."

let shapeText (shape: int64[]) =
    let sizes = shape |> Array.map string |> String.concat ", "
    $"[{sizes}]"

let requireShape (name: string) (meaning: string) (expected: int64[]) (actual: int64[]) =
    if expected <> actual then
        let message =
            $"{meaning} must have shape {shapeText expected}; it has {shapeText actual}."

        raise (ArgumentException(message, name))

/// This dtype and kind of device.
let requireKind (name: string) (meaning: string) (dtype: torch.ScalarType) (device: torch.Device) (actual: torch.Tensor) =
    if actual.dtype <> dtype || actual.device_type <> device.``type`` then
        let message =
            $"{meaning} must be {dtype} on {device.``type``}, as the parameter asks for; it is {actual.dtype} on {actual.device_type}."

        raise (ArgumentException(message, name))

/// Same dtype and kind of device as the parameter.
let requireSameKind (name: string) (meaning: string) (parameter: torch.Tensor) (actual: torch.Tensor) =
    requireKind name meaning parameter.dtype parameter.device actual
