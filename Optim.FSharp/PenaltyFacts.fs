namespace SparseHybrid.Optim

/// What is known of a penalty R, as data: tests choose their laws by it, methods may choose their step size by it.
type PenaltyFacts =
    {
        /// The smallest known rho, 0 or more, for which R(x) + rho/2 * ||x||^2 is convex: 0 for a convex R, infinity where
        /// no rho will do. The proximal operator at step size s is single-valued and continuous where s * rho is below 1.
        WeakConvexity: float
        /// Whether R(-x) = R(x), so that the proximal operator is odd.
        IsEven: bool
    }

    /// Whether R is convex: the proximal operator is then firmly non-expansive at every step size.
    member facts.IsConvex = facts.WeakConvexity = 0.0

    static member internal convexEven = { WeakConvexity = 0.0; IsEven = true }

    /// Zero strength makes every penalty the convex 0.
    static member internal weaklyConvex (strength: float) (modulus: float) =
        { WeakConvexity = if strength = 0.0 then 0.0 else modulus
          IsEven = true }
