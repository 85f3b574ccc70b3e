module internal SparseHybrid.Optim.Overwrite

open TorchSharp

/// Overwrites x by an operator's result, without a trace in the graph of gradients.
let by (operator: torch.Tensor -> torch.Tensor) (x: torch.Tensor) : unit =
    use _ = torch.no_grad ()
    use result = operator x
    x.copy_ result |> ignore // it returns x
