return SparseHybrid.Cli.CommandLine.Run(args);
