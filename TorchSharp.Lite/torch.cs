using System.Diagnostics.CodeAnalysis;

[assembly: SuppressMessage("Naming", "CA1707", Justification = "The names are those of PyTorch.")]

namespace TorchSharp;

/// <summary>The entry points of PyTorch, named as PyTorch names them.</summary>
public static partial class torch
{
    private static Device InitializeDevice(Device device) => device;
}
