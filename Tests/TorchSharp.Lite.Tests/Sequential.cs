// The seeds, the number of threads and the count of tensors belong to the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
