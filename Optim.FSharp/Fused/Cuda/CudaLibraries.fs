/// Where the driver and the run-time compiler of CUDA are. The compiler comes with every libtorch for CUDA, under a name that
/// depends on its version and sometimes on a checksum.
module internal SparseHybrid.Optim.CudaLibraries

open System
open System.Diagnostics
open System.IO
open System.Runtime.InteropServices

/// The first library that the loader takes, with its name.
let load (what: string) (names: string seq) : struct (string * nativeint) =
    let loaded =
        names
        |> Seq.tryPick (fun name ->
            match NativeLibrary.TryLoad name with
            | true, library -> Some(struct (name, library))
            | _ -> None)

    match loaded with
    | Some found -> found
    | None -> raise (CudaFault $"{what} was not found.")

let driver () =
    load "The CUDA driver (libcuda.so.1)" [ "libcuda.so.1"; "nvcuda.dll" ]

let private fileName (path: string) : string =
    match Path.GetFileName path with
    | null -> ""
    | name -> name

/// NVRTC's libraries in these folders, newest names first; not those of its built-in headers.
let compilersIn (folders: string seq) : string seq =
    folders
    |> Seq.filter Directory.Exists
    |> Seq.collect (fun folder ->
        Directory.GetFiles(folder, "*nvrtc*")
        |> Array.filter (fun path ->
            let name = fileName path

            (name.StartsWith("libnvrtc", StringComparison.Ordinal) && name.Contains ".so"
             || name.StartsWith("nvrtc64_", StringComparison.Ordinal))
            && not (name.Contains "builtins" || name.Contains ".alt."))
        |> Array.sortDescending)

/// The folders of libtorch's own libraries, and those where Python packages of CUDA lie beside PyTorch.
let private foldersOfLibtorch () =
    use current = Process.GetCurrentProcess()

    [ for loaded in Seq.cast<ProcessModule> current.Modules do
          let path = loaded.FileName
          let name = fileName path

          if name.Contains "torch_cuda" || name.Contains "c10_cuda" then
              path.Substring(0, path.Length - name.Length) ]
    |> List.distinct
    |> List.collect (fun folder ->
        folder
        :: [ for package in [ "cu13"; "cuda_nvrtc" ] -> Path.Combine(folder, "..", "..", "nvidia", package, "lib") ])

let compiler () =
    let known =
        [ "libnvrtc.so.13"
          "libnvrtc.so.12"
          "libnvrtc.so.11.2"
          "libnvrtc.so"
          "nvrtc64_130_0.dll"
          "nvrtc64_120_0.dll"
          "nvrtc64_112_0.dll" ]

    [ compilersIn (foldersOfLibtorch ())
      known
      compilersIn [ "/usr/local/cuda/lib64" ] ]
    |> Seq.concat
    |> load "CUDA's run-time compiler (libnvrtc.so, 11.2 or newer)"
