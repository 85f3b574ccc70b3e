using System.Runtime.Intrinsics;

namespace SparseHybrid.Kernels.Tests;

public sealed unsafe class LanesTests
{
    private static readonly float[] Left = Values(1);
    private static readonly float[] Right = Values(2);

    [Fact]
    public void Every_width_computes_the_same()
    {
        var scalar = Results<Lanes1, float>();

        Assert.Equal(scalar, Results<Lanes128, Vector128<float>>(), EqualOrClose);
        Assert.Equal(scalar, Results<Lanes256, Vector256<float>>(), EqualOrClose);
        Assert.Equal(scalar, Results<Lanes512, Vector512<float>>(), EqualOrClose);
    }

    [Fact]
    public void Relu_keeps_what_is_not_a_number()
    {
        Assert.True(float.IsNaN(Lanes1.Relu(float.NaN)));
        Assert.True(float.IsNaN(Lanes128.Relu(Vector128.Create(float.NaN))[3]));
        Assert.True(float.IsNaN(Lanes256.Relu(Vector256.Create(float.NaN))[7]));
        Assert.True(float.IsNaN(Lanes512.Relu(Vector512.Create(float.NaN))[15]));
    }

    [Fact]
    public void The_greater_of_two_numbers_is_not_a_number_where_one_is_not()
    {
        CheckMax<Lanes1, float>();
        CheckMax<Lanes128, Vector128<float>>();
        CheckMax<Lanes256, Vector256<float>>();
        CheckMax<Lanes512, Vector512<float>>();
    }

    private static void CheckMax<TLanes, TVector>()
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        var (least, greatest) = (new float[TLanes.Count], new float[TLanes.Count]);
        var one = TLanes.Broadcast(1);
        foreach (var (other, expected) in new[] { (0.5f, 1f), (2f, 2f), (float.NaN, float.NaN), (float.NegativeInfinity, 1f) })
        {
            fixed (float* left = least, right = greatest)
            {
                TLanes.Store(TLanes.Max(one, TLanes.Broadcast(other)), left);
                TLanes.Store(TLanes.Max(TLanes.Broadcast(other), one), right);
            }

            Assert.All(least.Concat(greatest), value => Assert.Equal(expected, value));
        }
    }

    [Fact]
    public void Even_lanes_are_those_of_both_vectors_and_interleaving_puts_two_vectors_in_turn()
    {
        CheckEvenAndInterleaved<Lanes1, float>();
        CheckEvenAndInterleaved<Lanes128, Vector128<float>>();
        CheckEvenAndInterleaved<Lanes256, Vector256<float>>();
        CheckEvenAndInterleaved<Lanes512, Vector512<float>>();
    }

    private static void CheckEvenAndInterleaved<TLanes, TVector>()
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        var count = TLanes.Count;
        var (even, together) = (new float[count], new float[2 * count]);
        fixed (float* source = Left, evenTarget = even, target = together)
        {
            var (low, high) = (TLanes.Load(source), TLanes.Load(source + count));
            TLanes.Store(TLanes.EvenLanes(low, high), evenTarget);
            TLanes.StoreInterleaved(low, high, target);
        }

        Assert.Equal(Enumerable.Range(0, count).Select(i => Left[2 * i]), even);
        Assert.Equal(Enumerable.Range(0, 2 * count).Select(i => Left[(i / 2) + (i % 2 * count)]), together);
    }

    /// <summary>relu(left * right + (left + 3)) over 32 numbers.</summary>
    private static float[] Results<TLanes, TVector>()
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        var results = new float[Left.Length];
        fixed (float* left = Left, right = Right, target = results)
        {
            for (var i = 0; i < results.Length; i += TLanes.Count)
            {
                var a = TLanes.Load(left + i);
                var sum = TLanes.Add(TLanes.Add(a, TLanes.Broadcast(3f)), TLanes.Zero);
                TLanes.Store(TLanes.Relu(TLanes.MultiplyAdd(a, TLanes.Load(right + i), sum)), target + i);
            }
        }

        return results;
    }

    private static bool EqualOrClose(float a, float b) => Math.Abs(a - b) < 1e-6f;

    private static float[] Values(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 32).Select(_ => (random.NextSingle() * 8f) - 4f)];
    }
}
