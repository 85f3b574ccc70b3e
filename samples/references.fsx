// The assemblies that the scripts use, as ./sparse builds them; tensors.fsx names the TorchSharp that they were built with.
#load "../artifacts/bin/Sparse.Cli/release/tensors.fsx"
#r "../artifacts/bin/Sparse.Cli/release/SparseHybrid.Optim.dll"
#r "../artifacts/bin/Sparse.Cli/release/SparseHybrid.Training.dll"
