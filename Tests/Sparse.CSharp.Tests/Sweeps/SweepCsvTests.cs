using System.Globalization;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Tests.Sweeps;

public sealed class SweepCsvTests
{
    [Fact]
    public void Runs_are_lines_that_end_as_the_standard_says_with_a_header_first() =>
        Assert.Equal(
            "run,method,lambda,targetSparsity,seed,start,epochs,testAccuracy,testLoss,trainLoss,sparsity,nonzeros,parameters,seconds,processorSeconds\r\n"
            + "xrda-1,xrda,5E-06,,1,random,10,0.9,0.5,0.25,0.8125,1000,2000,1.5,\r\n"
            + "xrda-1,xrda,5E-06,,1,random,10,0.9,0.5,0.25,0.8125,1000,2000,1.5,2.25\r\n",
            SweepCsv.Of([SweepRuns.Of("xrda", 5e-6, 1, 0.9, 0.8125), SweepRuns.Of("xrda", 5e-6, 1, 0.9, 0.8125) with { ProcessorSeconds = 2.25 }]));

    [Fact]
    public void The_front_has_every_spread_and_an_empty_field_for_the_deviation_of_one_run() =>
        Assert.Equal(
            "method,lambda,targetSparsity,seeds,"
            + "testAccuracyMean,testAccuracyStandardDeviation,testAccuracyMinimum,testAccuracyMaximum,"
            + "sparsityMean,sparsityStandardDeviation,sparsityMinimum,sparsityMaximum,"
            + "nonzerosMean,nonzerosStandardDeviation,nonzerosMinimum,nonzerosMaximum,isOnFront\r\n"
            + "xrda,5E-06,,1,0.9,,0.9,0.9,0.8125,,0.8125,0.8125,1000,,1000,1000,true\r\n",
            SweepCsv.Of(FrontTable.Of([SweepRuns.Of("xrda", 5e-6, 1, 0.9, 0.8125)])));

    [Fact]
    public void Fields_with_commas_quotes_and_line_breaks_are_quoted()
    {
        var csv = SweepCsv.Of([SweepRuns.Of("a,\"b\"\nc", 1, 1, 0.9, 0.5) with { Run = "plain", Start = "x" }]);
        Assert.Contains("plain,\"a,\"\"b\"\"\nc\",1,", csv);
    }

    [Fact]
    public void Numbers_do_not_follow_the_language_of_the_user()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            Assert.Contains(",0.9,", SweepCsv.Of([SweepRuns.Of("xrda", 1, 1, 0.9, 0.5)]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Numbers_are_read_back_to_the_same_bits()
    {
        var accuracy = 0.1 + 0.2;
        var field = SweepCsv.Of([SweepRuns.Of("xrda", 1, 1, accuracy, 0.5)]).Split("\r\n")[1].Split(',')[7];
        Assert.Equal(accuracy, double.Parse(field, CultureInfo.InvariantCulture));
    }
}
