using System.Globalization;
using SparseHybrid.Deploy.Report.Findings;

namespace SparseHybrid.Deploy.Report.Sections;

/// <summary>What the certificates of forms say: what was compared with which result, and what was decided layer by layer.</summary>
internal static class FormProof
{
    /// <summary>What was compared, form by form.</summary>
    public static DataTable Certificates(List<RunFindings> runs) => new(
        [
            new Column("Run", IsNumber: false),
            new Column("Form", IsNumber: false),
            new Column("Size, kB"),
            new Column("Largest difference of an output"),
            new Column("Largest output"),
            new Column("Samples"),
            new Column("Compared with", IsNumber: false),
            new Column("SHA-256 of the file", IsNumber: false),
        ],
        [
            .. from run in runs
               from form in run.Forms
               where form.Bytes is not null
               select (IReadOnlyList<string>)[run.Name, form.Form, Figures.Kilobytes(form.Bytes ?? 0), .. Proof(form)],
        ]);

    /// <summary>What forms that decide layer by layer have decided, and why; nothing where there are none.</summary>
    public static IEnumerable<PageBlock> Verdicts(List<RunFindings> runs)
    {
        var choices =
            (from run in runs
             from form in run.Forms
             from choice in form.Certificate?.Choices ?? []
             select (IReadOnlyList<string>)
             [
                 run.Name, form.Form, choice.Layer, choice.Form, choice.Why, .. new[] { choice.Microseconds?.Dense, choice.Microseconds?.Shrunk, choice.Microseconds?.Rounded, choice.Microseconds?.Sparse }
                     .Select(time => time is { } microseconds ? Figures.Microseconds(microseconds) : "–"),
             ]).ToList();
        return choices.Count == 0
            ? []
            :
            [
                new Heading("Verdict, layer by layer"),
                new Paragraph("What forms that choose have chosen for each layer, and why; times are those of the layer alone, measured when the form was made."),
                new DataTable(
                    [
                        new Column("Run", IsNumber: false),
                        new Column("Form", IsNumber: false),
                        new Column("Layer", IsNumber: false),
                        new Column("Choice", IsNumber: false),
                        new Column("Why", IsNumber: false),
                        new Column("Dense, µs"),
                        new Column("Shrunk, µs"),
                        new Column("Widths rounded up, µs"),
                        new Column("Sparse kernel, µs"),
                    ],
                    choices),
            ];
    }

    private static IEnumerable<string> Proof(FormFindings form) => form.Certificate is not { } certificate
        ? ["–", "–", "–", "no certificate", "–"]
        :
        [
            certificate.MaxAbsDifference.ToString("0.0e-0", CultureInfo.InvariantCulture),
            Figures.Significant(certificate.LargestOutput),
            Figures.Count(certificate.Samples.Count),
            $"{certificate.Original.ComputedBy}, {certificate.Samples.Source}",
            certificate.ModelSha256 is { Length: > 12 } hash ? $"{hash[..12]}…" : "–",
        ];
}
