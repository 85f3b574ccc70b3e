using System.Buffers.Binary;
using System.Text;
using SparseHybrid.Runs;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Tests.Runs;

/// <summary>Thousands of broken files: each is read or refused by a <see cref="CheckpointException"/>, within the file's own size.</summary>
public sealed class MutatedFilesTests : IDisposable
{
    private const int Seed = 20261122;

    // What breaks readers: limits of integers, wrong types, sizes that multiply to less than they claim.
    private static readonly string[] Fragments =
    [
        "-1", "0", "1e400", "9223372036854775807", "18446744073709551616", "4611686018427387904,4", "0,4611686018427387904,4611686018427387904",
        "null", "\"\"", "[", "]", "{", "}", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "__metadata__", "data_offsets", "F64", "BF16", "BOOL",
    ];

    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly Random random = new(Seed);

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Safetensors_files_are_read_or_refused()
    {
        var path = folder.File("file");
        Safetensors.Write(path, Tensors(), new Dictionary<string, string> { ["key"] = "value" });
        var original = File.ReadAllBytes(path);

        var refused = CountRefused(5000, () => Mutate(original), file => Safetensors.Read(file));

        Assert.InRange(refused, 2500, 5000); // changed numbers in a tensor are for the checksum of a checkpoint to find
    }

    [Fact]
    public void Every_checkpoint_that_was_changed_is_refused()
    {
        using var checkpoint = MakeCheckpoint();
        var path = folder.File("file");
        checkpoint.Save(path);
        var original = File.ReadAllBytes(path);

        var refused = CountRefused(3000, () => Mutate(original), file => Checkpoint.Load(file));

        Assert.Equal(3000, refused);
    }

    [Fact]
    public void Checkpoints_forged_with_a_right_checksum_are_read_or_refused()
    {
        using var checkpoint = MakeCheckpoint();
        var path = folder.File("file");
        checkpoint.Save(path);
        var original = File.ReadAllBytes(path);

        CountRefused(
            300,
            () =>
            {
                folder.Write("file", original);
                var key = random.Next(2) == 0 ? "position" : "options";
                ForgedCheckpoint.Rewrite(path, metadata => metadata[key] = ReplaceText(metadata[key]));
                return File.ReadAllBytes(path);
            },
            file => Checkpoint.Load(file));
    }

    private int CountRefused(int count, Func<byte[]> make, Func<string, IDisposable> read)
    {
        var refused = 0;
        GC.Collect(); // what earlier tests left to the collector would go from the count meanwhile
        GC.WaitForPendingFinalizers();
        var tensors = torch.Tensor.TotalCount;
        for (var i = 0; i < count; i++)
        {
            var bytes = make();
            var path = folder.Write("mutated", bytes);
            try
            {
                using var _ = read(path);
            }
            catch (CheckpointException)
            {
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"Seed {Seed}, file {i}: {error}\n{Encoding.Latin1.GetString(bytes)}");
            }
        }

        Assert.Equal(tensors, torch.Tensor.TotalCount);
        return refused;
    }

    // One to three faults, so that a second one can hide behind a first.
    private byte[] Mutate(byte[] original)
    {
        var bytes = original;
        do
        {
            for (var faults = random.Next(1, 4); faults > 0; faults--)
            {
                bytes = MutateOnce(bytes);
            }
        }
        while (bytes.AsSpan().SequenceEqual(original));

        return bytes;
    }

    private byte[] MutateOnce(byte[] bytes)
    {
        if (bytes.Length < 16)
        {
            return [.. bytes, (byte)random.Next(256)];
        }

        var (at, length) = (random.Next(bytes.Length), random.Next(1, 16));
        switch (random.Next(7))
        {
            case 0:
                var flipped = (byte[])bytes.Clone();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return bytes[..at];
            case 2:
                return [.. bytes, .. bytes[at..]];
            case 3:
                return [.. bytes[..at], .. bytes.Skip(at + length)];
            case 4:
                var zeroed = (byte[])bytes.Clone(); // a block that never reached the disk
                zeroed.AsSpan(at, Math.Min(512, bytes.Length - at)).Clear();
                return zeroed;
            case 5:
                var resized = (byte[])bytes.Clone();
                BinaryPrimitives.WriteInt64LittleEndian(resized, random.NextInt64() >> random.Next(64));
                return resized;
            default:
                return WithHeader(bytes, ReplaceText);
        }
    }

    /// <summary>Changes the JSON header and makes its length right again.</summary>
    private static byte[] WithHeader(byte[] bytes, Func<string, string> change)
    {
        var length = (int)Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(bytes), 0, bytes.Length - 8);
        var header = Encoding.Latin1.GetBytes(change(Encoding.Latin1.GetString(bytes, 8, length)));
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        return [.. prefix, .. header, .. bytes.AsSpan(8 + length)];
    }

    // Numbers and names are what a reader trusts, so they are what is replaced most.
    private string ReplaceText(string text)
    {
        var digits = Enumerable.Range(0, text.Length).Where(index => char.IsAsciiDigit(text[index])).ToArray();
        var at = digits.Length > 0 && random.Next(3) > 0 ? digits[random.Next(digits.Length)] : random.Next(text.Length + 1);
        var length = Math.Min(random.Next(3), text.Length - at);
        return string.Concat(text.AsSpan(0, at), Fragments[random.Next(Fragments.Length)], text.AsSpan(at + length));
    }

    private static Dictionary<string, torch.Tensor> Tensors() => new()
    {
        ["model.weight"] = torch.tensor([1f, float.NaN, -0f, 4f, 5f, 6f]).reshape(2, 3),
        ["trainer.count"] = torch.tensor(7L),
        ["empty"] = torch.zeros([0, 3]),
    };

    private static Checkpoint MakeCheckpoint() =>
        new(new TrainingPosition(2, 1, 3, 0.5, [RunRecords.Epoch(1)]), new SparseTrainerOptions { Epochs = 2 }, Tensors());
}
