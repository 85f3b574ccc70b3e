// The assemblies that the scripts use, as ./sparse builds them. The only place in samples/ that names TorchSharp.Lite: with
// the official package, name TorchSharp.dll here instead.
#r "../artifacts/bin/Sparse.Cli/release/TorchSharp.Lite.dll"
#r "../artifacts/bin/Sparse.Cli/release/SparseHybrid.Optim.dll"
#r "../artifacts/bin/Sparse.Cli/release/SparseHybrid.Training.dll"
