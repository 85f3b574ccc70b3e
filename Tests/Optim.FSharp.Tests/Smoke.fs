module SparseHybrid.Optim.Tests.Smoke
