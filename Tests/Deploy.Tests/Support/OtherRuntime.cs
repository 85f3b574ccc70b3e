using System.Diagnostics;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>A test that asks another version of ONNX Runtime, npm's onnxruntime-node; skipped where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OtherRuntimeFactAttribute : FactAttribute
{
    public OtherRuntimeFactAttribute()
    {
        if (OtherRuntime.Folder is null)
        {
            Skip = "The other version of ONNX Runtime is not here: setup/20-npm-packages --tests.";
        }
    }
}

/// <summary>ONNX Runtime of another version, in a process of Node.js.</summary>
internal static class OtherRuntime
{
    // Runs every NAME.onnx of a folder on NAME.input (float32 of the sizes in NAME.shape) and writes NAME.output.
    private const string RunAll = """
        const fs = require("fs"), path = require("path");
        const runtime = require("onnxruntime-node"), folder = process.argv[1];
        (async () => {
            for (const file of fs.readdirSync(folder).filter(name => name.endsWith(".onnx")).sort()) {
                const base = path.join(folder, file.slice(0, -".onnx".length));
                const sizes = fs.readFileSync(base + ".shape", "utf8").split(",").map(Number);
                const bytes = fs.readFileSync(base + ".input");
                const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
                const session = await runtime.InferenceSession.create(base + ".onnx");
                const results = await session.run({ [session.inputNames[0]]: new runtime.Tensor("float32", values, sizes) });
                const output = results[session.outputNames[0]].data;
                fs.writeFileSync(base + ".output", Buffer.from(output.buffer, output.byteOffset, output.byteLength));
            }
        })().catch(error => { console.error(error.message); process.exit(1); });
        """;

    /// <summary>The folder of npm packages that holds it; null where there is none.</summary>
    public static string? Folder { get; } = Ancestors(AppContext.BaseDirectory)
        .Select(folder => Path.Combine(folder, "node_modules"))
        .FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, "onnxruntime-node")));

    /// <summary>Runs every model of a folder; the last line of an error says which ONNX Runtime did not take.</summary>
    public static (int ExitCode, string Errors) Run(string folder)
    {
        var start = new ProcessStartInfo("node", ["-e", RunAll, folder]) { RedirectStandardError = true };
        start.Environment["NODE_PATH"] = Folder;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }

    private static IEnumerable<string> Ancestors(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }
}
