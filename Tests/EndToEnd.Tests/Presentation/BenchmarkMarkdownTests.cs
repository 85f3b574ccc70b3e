using SparseHybrid.Cli.Presentation;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.EndToEnd.Tests.Presentation;

public sealed class BenchmarkMarkdownTests
{
    [Fact]
    public void A_table_for_each_measurement_and_one_of_the_models()
    {
        const string expected = """
            Processor X, 2 processors, Linux  
            ONNX Runtime 1.29.0 on cpu, .NET 10  
            20 interleaved rounds in 2 s a model, pinned to processors 0, 1  

            | 1 thread, batch 1 | median | p95 | spread | samples/s | memory | speedup |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: |
            | a | 100 us | 120 us | 5.0 % | 10 000 | 2.5 MB | 1.00x |
            | odd,name | 50.0 us | 70.0 us | 10.0 % | 20 000 | - | 2.00x |

            | 2 threads, batch 8 | median | p95 | spread | samples/s | memory | speedup |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: |
            | a | 800 us | 820 us | 0.6 % | 10 000 | 2.5 MB | 1.00x |
            | odd,name | 400 us | 420 us | 1.3 % | 20 000 | - | 2.00x |

            | model | file | load | difference | nodes |
            | --- | ---: | ---: | ---: | ---: |
            | a | 1 kB | 1500 us | 0 | 1 CPU |
            | odd,name | 1 kB | 1500 us | - | 1 CPU + 1 CUDA |

            - median, p95: time of a run of the batch, over 60 runs or more after warm-up
            - spread: between the quartiles of these times, as a share of the median
            - memory: the most that loading and running added to a process of its own
            - speedup: median of the first model / median
            - load: median time from the file to a session that is ready
            - difference: largest of an output to the first model's, same random input
            - nodes: after ONNX Runtime's fusions, by the provider that ran them
            - **warning**: 1 thread, batch 1: batch 1
            - **warning**: 2 threads, batch 8: batch 8

            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), BenchmarkMarkdown.Write([KnownReports.Of(1, 1), KnownReports.Of(2, 8)]));
    }
}
