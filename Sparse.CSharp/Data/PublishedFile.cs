namespace SparseHybrid.Data;

/// <summary>A file as the authors of a data set publish it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal digits.</param>
/// <param name="Places">Addresses of folders that hold it, the first one first tried; each ends with a slash.</param>
public sealed record PublishedFile(string Name, long Bytes, string Sha256, IReadOnlyList<string> Places);
