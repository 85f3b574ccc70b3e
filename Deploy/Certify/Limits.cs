namespace SparseHybrid.Deploy.Certify;

/// <summary>What is accepted of a model that is compared with its original.</summary>
/// <param name="Tolerance">Largest difference, as a share of the largest entry of each output.</param>
/// <param name="LeastAgreement">Least share of samples on which both choose the same class; 0 asks for none.</param>
internal sealed record Limits(double Tolerance, double LeastAgreement);
