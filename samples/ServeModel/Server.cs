using System.Runtime.InteropServices;

namespace ServeModel;

/// <summary>What /predict takes.</summary>
/// <param name="Inputs">One or more, each with all its values in one row.</param>
internal sealed record PredictRequest(float[][]? Inputs);

/// <summary>What /predict gives.</summary>
/// <param name="Classes">The class with the highest score, for each input.</param>
/// <param name="Names">What these are called.</param>
/// <param name="Scores">All scores, for each input.</param>
internal sealed record PredictReply(int[] Classes, string[] Names, float[][] Scores);

/// <summary>The web application around a model.</summary>
internal static class Server
{
    /// <param name="model">Borrowed; it must outlive the application.</param>
    /// <param name="arguments">Those of ASP.NET: --urls, --logging:loglevel:default and others.</param>
    public static WebApplication Create(Classifier model, params string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning); // no line for each request
        builder.Services.AddProblemDetails();
        var app = builder.Build();
        app.UseStatusCodePages(); // what is no JSON is refused in the same form as what is no input
        app.MapGet("/health", () => new { model = model.Name, input = model.InputShape, outputs = model.Outputs });
        app.MapPost("/predict", (PredictRequest request) => Predict(model, request));
        app.MapPost("/predict/raw", (HttpRequest request) => PredictRaw(model, request));
        return app;
    }

    private static IResult Predict(Classifier model, PredictRequest request)
    {
        if (request.Inputs is not { Length: > 0 } inputs || Array.Exists(inputs, input => input?.Length != model.InputSize))
        {
            return Refused(model, "\"inputs\" must be one or more rows");
        }

        var scores = model.Scores([.. inputs.SelectMany(input => input)]).Chunk(model.Outputs).ToArray();
        int[] classes = [.. scores.Select(row => row.AsSpan().IndexOf(row.Max()))];
        return Results.Ok(new PredictReply(classes, [.. classes.Select(best => model.ClassNames[best])], scores));
    }

    private static async Task<IResult> PredictRaw(Classifier model, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        return bytes.Length == 0 || bytes.Length % (sizeof(float) * model.InputSize) != 0
            ? Refused(model, $"the body has {bytes.Length} bytes; it must be one or more inputs of float32")
            : Results.Bytes(MemoryMarshal.AsBytes<float>(model.Scores(MemoryMarshal.Cast<byte, float>(bytes).ToArray())).ToArray());
    }

    private static IResult Refused(Classifier model, string what) =>
        Results.Problem($"{what}, each of {model.InputSize} values ([{string.Join(", ", model.InputShape)}]).", statusCode: StatusCodes.Status400BadRequest);
}
