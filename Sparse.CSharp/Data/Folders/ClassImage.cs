namespace SparseHybrid.Data.Folders;

/// <summary>An image and what it shows.</summary>
/// <param name="Path">The file.</param>
/// <param name="Class">Name of its class.</param>
internal sealed record ClassImage(string Path, string Class);
