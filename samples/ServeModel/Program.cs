// Shows a sparse model behind an ASP.NET minimal API: one InferenceSession, shared by all requests, with the sparse kernels registered.
// Prints the address it listens on; or with --bench the requests a second of several models, which take turns, what the models alone
// take of that time, and the ratio to the first.
//
//     dotnet run -c Release --project samples/ServeModel MODEL.onnx [--urls http://127.0.0.1:5000]
//     dotnet run -c Release --project samples/ServeModel --bench [--batch 64] [--seconds 2] DENSE.onnx SPARSE.onnx ...
//
//     GET  /health       {"model":"auto.onnx","input":[1,28,28],"outputs":10}
//     POST /predict      {"inputs":[[0.1, ...]]} to {"classes":[7],"names":["Sneaker"],"scores":[[...]]}: as many inputs as you like, as
//                        the data store them where the model was exported with --raw-inputs, else normalised as in training
//     POST /predict/raw  the same as float32 values, little end first (application/octet-stream), to scores alike

using Microsoft.ML.OnnxRuntime;
using ServeModel;

try
{
    return args is ["--bench", .. var rest] ? await ThroughputBenchmark.Run(rest) : await Serve(args);
}
catch (Exception error) when (error is OnnxRuntimeException or NotSupportedException or IOException) // a bad model, or an address in use
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

static async Task<int> Serve(string[] arguments)
{
    if (arguments is not [var path, .. var hostArguments] || !File.Exists(path))
    {
        Console.Error.WriteLine("Name an .onnx file that exists: dotnet run -c Release --project samples/ServeModel MODEL.onnx");
        return 2;
    }

    using var model = new Classifier(path, threads: Environment.ProcessorCount);
    await using var server = Server.Create(model, hostArguments);
    await server.RunAsync();
    return 0;
}
