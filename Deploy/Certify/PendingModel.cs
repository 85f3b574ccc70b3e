using System.Text;
using Google.Protobuf;
using Onnx;
using SparseHybrid.Runs;

namespace SparseHybrid.Deploy.Certify;

/// <summary>
/// A model in a temporary place that gets its final name once it has proven itself, or goes. With external data it is a model
/// NAME and its tensors NAME.data. What is found under the final names belongs together at every moment: a model may be found
/// without its certificate, never with that of another.
/// </summary>
internal sealed class PendingModel : IDisposable
{
    private readonly string finalPath;
    private readonly PendingFile? data;
    private readonly PendingFile model;
    private readonly DirectoryInfo? folder;
    private PendingFile? certificate;

    /// <summary>Writes the model in its temporary place.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="proto">The model; nothing of it is copied.</param>
    /// <param name="externalDataAbove">Bytes of tensors above which they go into a file of their own.</param>
    /// <exception cref="ExportException">The place cannot be written, or the disk is full.</exception>
    public PendingModel(string path, ModelProto proto, long externalDataAbove)
    {
        finalPath = System.IO.Path.GetFullPath(path);
        if (ExternalData.TensorBytes(proto) <= externalDataAbove)
        {
            model = new PendingFile(finalPath, finalPath + AtomicFile.PartialSuffix, proto.WriteTo);
            return;
        }

        // A folder, because the model knows its tensors by the name that their file will have.
        folder = CreateFolder(finalPath);
        var name = System.IO.Path.GetFileName(finalPath);
        try
        {
            ModelProto? light = null;
            data = new PendingFile(
                finalPath + DataSuffix, System.IO.Path.Combine(folder.FullName, name + DataSuffix),
                stream => light = ExternalData.Write(proto, name + DataSuffix, stream));
            model = new PendingFile(finalPath, System.IO.Path.Combine(folder.FullName, name), stream => light!.WriteTo(stream));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the name of the file with the tensors has behind that of the model.</summary>
    public const string DataSuffix = ".data";

    /// <summary>The model in its temporary place.</summary>
    public string Path => model.Path;

    /// <summary>The bytes of the model, external data included.</summary>
    public long Bytes => model.Bytes + (data?.Bytes ?? 0);

    /// <summary>Writes a certificate into the metadata of the model and into a file of its own.</summary>
    /// <returns>The certificate with the hash of the model's file.</returns>
    /// <exception cref="ExportException">The place cannot be written, or the disk is full.</exception>
    public Certificate Certify(Certificate draft)
    {
        // Messages written one behind the other are one message with the fields of both, so nothing that was compared is touched.
        var metadata = new ModelProto();
        metadata.MetadataProps.Add(new StringStringEntryProto { Key = Certificate.MetadataKey, Value = draft.ToJsonLine() });
        model.Append(metadata.ToByteArray());
        var complete = draft with { ModelSha256 = model.Sha256() };
        var path = Certificate.PathFor(finalPath);
        certificate = new PendingFile(path, path + AtomicFile.PartialSuffix, stream => stream.Write(Encoding.UTF8.GetBytes(complete.ToJson())));
        return complete;
    }

    /// <summary>Gives the files their final names, in place of whatever had them.</summary>
    /// <exception cref="ExportException">That is not possible.</exception>
    public void Commit()
    {
        certificate?.RemoveEarlier();
        var ownsEarlierData = data is null && ExternalData.IsUsedBy(finalPath, System.IO.Path.GetFileName(finalPath) + DataSuffix);
        if (data is not null)
        {
            model.RemoveEarlier(); // else it would be found with the tensors of this one for a moment
            data.Commit();
        }

        model.Commit();
        if (ownsEarlierData)
        {
            PendingFile.Remove(finalPath + DataSuffix);
        }

        certificate?.Commit();
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        model?.Dispose();
        data?.Dispose();
        certificate?.Dispose();
        try
        {
            folder?.Delete(recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It went away: the error that led here is the one to report.
        }
    }

    private static DirectoryInfo CreateFolder(string path)
    {
        try
        {
            return Directory.CreateDirectory(path + AtomicFile.PartialSuffix);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw PendingFile.CannotWrite(path, error);
        }
    }
}
