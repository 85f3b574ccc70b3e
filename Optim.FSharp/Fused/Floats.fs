namespace SparseHybrid.Optim

#nowarn "9" "51" // native addresses: threads cannot share a span, and this memory is not the garbage collector's

open System
open System.Runtime.InteropServices
open FSharp.NativeInterop
open TorchSharp

/// The memory of a contiguous float32 tensor on the CPU, or a part of it. It does not keep the tensor alive, and indices are
/// not checked.
[<Struct; NoEquality; NoComparison>]
type internal Floats =
    { Address: nativeint
      Length: int }

    member floats.Pointer(index: int) : nativeptr<float32> =
        NativePtr.ofNativeInt (floats.Address + nativeint index * 4n)

    member floats.Item
        with get (index: int) = NativePtr.read (floats.Pointer index)
        and set (index: int) (value: float32) = NativePtr.write (floats.Pointer index) value

    member floats.Slice(start: int, length: int) =
        { Address = floats.Address + nativeint start * 4n
          Length = length }

    member floats.Span =
        Span<float32>(NativePtr.toVoidPtr (floats.Pointer 0), floats.Length)

    /// Whether a tensor's memory, wherever it is, holds its entries one after another as float32.
    static member Suits(tensor: torch.Tensor) =
        tensor.dtype = torch.float32
        && tensor.NumberOfElements <= int64 (Int32.MaxValue / sizeof<float32>) // a span's length in bytes
        && tensor.is_contiguous ()

    /// The same, for memory that can be read from here.
    static member Covers(tensor: torch.Tensor) =
        tensor.device_type = DeviceType.CPU && Floats.Suits tensor

    static member Of(tensor: torch.Tensor) =
        let bytes = tensor.bytes

        let first = &MemoryMarshal.GetReference bytes

        { Address = NativePtr.toNativeInt &&first
          Length = bytes.Length / sizeof<float32> }
