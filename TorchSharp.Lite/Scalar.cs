namespace TorchSharp;

/// <summary>
/// A number that keeps its kind (integer, real or boolean), because the type of a result depends on it. It holds no
/// native memory: disposing it is allowed, as official TorchSharp asks for, and does nothing.
/// </summary>
public sealed class Scalar : IDisposable
{
    internal readonly NativeScalar Value;

    internal Scalar(NativeScalar value) => Value = value;

    public torch.ScalarType Type => Value.Kind switch
    {
        NativeScalarKind.Integer => torch.ScalarType.Int64,
        NativeScalarKind.Boolean => torch.ScalarType.Bool,
        _ => torch.ScalarType.Float64,
    };

    public static implicit operator Scalar(byte value) => Integer(value);

    public static implicit operator Scalar(sbyte value) => Integer(value);

    public static implicit operator Scalar(short value) => Integer(value);

    public static implicit operator Scalar(int value) => Integer(value);

    public static implicit operator Scalar(long value) => Integer(value);

    public static implicit operator Scalar(Half value) => Real((double)value);

    public static implicit operator Scalar(float value) => Real(value);

    public static implicit operator Scalar(double value) => Real(value);

    public static implicit operator Scalar(bool value) => new(new NativeScalar(NativeScalarKind.Boolean, value ? 1 : 0));

    public void Dispose()
    {
    }

    internal static NativeScalar ValueOrNone(Scalar scalar) => scalar is null ? default : scalar.Value;

    internal double ToReal() => Value.Kind == NativeScalarKind.Real ? Value.Real : Value.Bits;

    internal long ToInteger() => Value.Kind == NativeScalarKind.Real ? checked((long)Value.Real) : Value.Bits;

    private static Scalar Integer(long value) => new(new NativeScalar(NativeScalarKind.Integer, value));

    private static Scalar Real(double value) => new(new NativeScalar(NativeScalarKind.Real, BitConverter.DoubleToInt64Bits(value)));
}
