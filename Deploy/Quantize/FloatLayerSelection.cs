using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.Quantize;

/// <summary>Finds the fewest layers that have to stay float32 for a quantised model to keep its limits.</summary>
/// <remarks>
/// Each layer is quantised alone, and the more that changes the outputs, the sooner the layer stays float32: as many as it takes, in
/// this order. Everything is judged on the calibration samples.
/// </remarks>
internal static class FloatLayerSelection
{
    /// <summary>Quantises all layers but those that have to stay float32.</summary>
    /// <param name="calibrated">The model.</param>
    /// <param name="samples">What it was calibrated on.</param>
    /// <param name="limits">What is accepted. If no choice keeps them, one layer is quantised: the one that costs least.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    public static QuantizeResult Quantize(CalibratedModel calibrated, SampleSource samples, Limits limits, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("sparse-sensitivity-");
        try
        {
            var (original, candidate) = (Path.Combine(folder.FullName, "original.onnx"), Path.Combine(folder.FullName, "candidate.onnx"));
            File.WriteAllBytes(original, ModelFile.ToBytes(calibrated.Model));
            using var session = new VerificationSession(original);
            var all = calibrated.Quantize(calibrated.Options.KeepFloat);
            List<string> kept = [.. calibrated.Options.KeepFloat];
            if (IsWithin(all))
            {
                return all;
            }

            List<string> layers = [.. all.Layers.Where(layer => layer.IsQuantized).Select(layer => layer.Name)];
            foreach (var worst in layers.OrderByDescending(layer => Cost(layer, layers)).SkipLast(1).ToList())
            {
                kept.Add(worst);
                if (calibrated.Quantize(kept) is var result && IsWithin(result))
                {
                    return result;
                }
            }

            return calibrated.Quantize(kept);

            bool IsWithin(QuantizeResult result)
            {
                var compared = Compare(result);
                return compared.IsWithin(limits.Tolerance) && !(compared.Classes?.Agreement < limits.LeastAgreement);
            }

            double Cost(string layer, List<string> quantized) =>
                Compare(calibrated.Quantize([.. calibrated.Options.KeepFloat, .. quantized.Where(other => other != layer)])).MaxAbsDifference;

            VerificationResult Compare(QuantizeResult result)
            {
                File.WriteAllBytes(candidate, ModelFile.ToBytes(result.Model));
                var plan = new VerificationPlan([calibrated.Options.Batch], calibrated.Options.CalibrationSamples);
                return ModelVerifier.Compare(session.Run, candidate, samples, plan, cancellationToken);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
