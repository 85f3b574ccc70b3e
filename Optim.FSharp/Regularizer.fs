namespace SparseHybrid.Optim

/// A penalty R(x) as plain data: it can be compared, printed and written to a checkpoint. Every strength is finite,
/// 0 or more, and in the unit of a gradient entry unless said otherwise. The operators are documented in the file of each.
[<RequireQualifiedAccess>]
type Regularizer =
    /// R = 0: biases, normalisation layers, and training without regularisation.
    | Zero
    /// R = strength * ||x||_1.
    | L1 of strength: float
    /// Weighted l1 whose weights follow the running magnitudes of the parameter itself.
    | AdaptiveL1 of options: AdaptiveL1
    /// R = strength * ||x||_1 + quadratic/2 * ||x||^2.
    | ElasticNet of strength: float * quadratic: float
    /// R = strength * sum of sqrt(n_g) ||x_g||, n_g the size of group g.
    | GroupLasso of strength: float * grouping: Grouping
    /// Group lasso with the weights of the adaptive l1 norm: R = strength * sum of w_g ||x_g||, where w_g contains sqrt(n_g).
    | AdaptiveGroupLasso of options: AdaptiveL1
    /// R = strength * ||x||_1 + groupStrength * sum of sqrt(n_g) ||x_g||.
    | SparseGroupLasso of strength: float * groupStrength: float * grouping: Grouping
    /// R = strength for each entry that is not zero; in the unit of the loss.
    | L0 of strength: float
    /// R = strength * sum of sqrt|x_i|.
    | LHalf of strength: float
    /// R = strength M e * sum of log(1 + |x_i|/e), e = maximum/(M - 1), M = maximumFactor.
    | LogSum of strength: float * maximumFactor: float * maximum: float
    /// R = strength M e * sum of sqrt(n_g) log(1 + ||x_g||/e), e = maximum/(M - 1), M = maximumFactor.
    | LogGroupNorm of strength: float * maximumFactor: float * maximum: float * grouping: Grouping
    /// The minimax concave penalty, with concavity gamma above 0.
    | Mcp of strength: float * concavity: float
    /// The smoothly clipped absolute deviation, with concavity a above 1.
    | Scad of strength: float * concavity: float
    /// Constraint: no negative entry.
    | NonNegative
    /// Constraint: every entry between lower and upper, either of which may be infinite.
    | Box of lower: float * upper: float
    /// Constraint: ||x||_1 at most radius.
    | L1Ball of radius: float
    /// R = strength * max|x_i|.
    | LInfinityNorm of strength: float
    /// R = strength * sum of the singular values of the weight as a matrix.
    | NuclearNorm of strength: float
    /// Constraint: of every m consecutive entries of a row at most n, kept, are not zero.
    | NToM of kept: int * consecutive: int
    /// A penalty of one's own, told by functions.
    | Custom of penalty: CustomPenalty
