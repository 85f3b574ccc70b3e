namespace SparseHybrid.Optim

open System
open System.Runtime.InteropServices

/// A library of CUDA that is missing, or that refused a call.
type internal CudaFault(message: string) =
    inherit ExternalException(message)

module internal CudaFault =
    /// A function of a library, as a delegate.
    let import<'Function when 'Function: not null and 'Function :> Delegate> (library: nativeint) (name: string) : 'Function =
        match NativeLibrary.TryGetExport(library, name) with
        | true, address -> Marshal.GetDelegateForFunctionPointer<'Function> address
        | _ -> raise (CudaFault $"The library has no function {name}.")

    /// A text of a library's own.
    let text (address: nativeint) : string =
        match Marshal.PtrToStringUTF8 address with
        | null -> ""
        | text -> text

    /// Raises unless a call returned 0, success with every library of CUDA.
    let require (name: string) (explain: int -> string) (code: int) =
        if code <> 0 then
            raise (CudaFault $"{name} failed: {explain code} ({code}).")
