using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Benchmark;

public class BenchmarkCsvTests
{
    [Fact]
    public void A_line_for_every_model_in_every_measurement()
    {
        const string expected =
            "provider,threads,batch,model,medianMicroseconds,p95Microseconds,minimumMicroseconds,spreadMicroseconds,runs,perSecond,speedup,maxAbsDifference,"
            + "fileBytes,loadMilliseconds,peakMemoryBytes,nodesPerProvider\r\n"
            + "cpu,1,1,a.onnx,100,120,90,5,60,10000,1,0,1000,1.5,2500000,CPUExecutionProvider=1\r\n"
            + "cpu,1,1,\"odd,name.onnx\",50,70,40,5,60,20000,2,,1000,1.5,,CPUExecutionProvider=1 CUDAExecutionProvider=1\r\n"
            + "cpu,2,8,a.onnx,800,820,790,5,60,10000,1,0,1000,1.5,2500000,CPUExecutionProvider=1\r\n"
            + "cpu,2,8,\"odd,name.onnx\",400,420,390,5,60,20000,2,,1000,1.5,,CPUExecutionProvider=1 CUDAExecutionProvider=1\r\n";
        Assert.Equal(expected, BenchmarkCsv.Write([KnownReports.Of(1, 1), KnownReports.Of(2, 8)]));
    }
}
