using System.Globalization;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    /// <summary>Dimensions longer than this are written as their first and last entries.</summary>
    private const int LongestRow = 8;
    private const int EntriesAtEachEnd = 3;

    /// <summary>Shape, element type and device, such as "[2x3], type = Float32, device = cpu".</summary>
    public static string metastr(this torch.Tensor tensor) => tensor.ToString();

    /// <summary>The entries in nested brackets, as NumPy writes them.</summary>
    public static string npstr(
        this torch.Tensor tensor, string fltFormat = "g5", int? width = 100, string newLine = null, CultureInfo cultureInfo = null) =>
        tensor.str(fltFormat, width, newLine, cultureInfo, TensorStringStyle.Numpy);

    /// <param name="tensor">Any shape, on any device.</param>
    /// <param name="fltFormat">How a real number is written; "g5" when null.</param>
    /// <param name="width">Not used: rows are not broken.</param>
    /// <param name="newLine">Between rows; the system's own when null.</param>
    /// <param name="cultureInfo">The invariant culture when null.</param>
    /// <param name="style">Metadata, or the entries.</param>
    public static string str(
        this torch.Tensor tensor,
        string fltFormat = null,
        int? width = null,
        string newLine = null,
        CultureInfo cultureInfo = null,
        TensorStringStyle style = TensorStringStyle.Default)
    {
        if (style == TensorStringStyle.Metadata)
        {
            return tensor.metastr();
        }

        using torch.Tensor detached = tensor.detach();
        using torch.Tensor onCpu = detached.cpu();
        CultureInfo culture = cultureInfo ?? CultureInfo.InvariantCulture;
        string format = fltFormat ?? "g5";
        return Text(onCpu, item => Number(item, format, culture), newLine ?? Environment.NewLine, depth: 1);
    }

    private static string Text(torch.Tensor tensor, Func<torch.Tensor, string> number, string newLine, int depth)
    {
        if (tensor.ndim == 0)
        {
            return number(tensor);
        }

        string separator = tensor.ndim == 1 ? ", " : "," + newLine + new string(' ', depth);
        return $"[{string.Join(separator, Positions(tensor.size(0)).Select(Part))}]";

        string Part(long position)
        {
            if (position < 0)
            {
                return "...";
            }

            using torch.Tensor part = tensor[position];
            return Text(part, number, newLine, depth + 1);
        }
    }

    /// <summary>The positions to write; -1 stands for those left out.</summary>
    private static IEnumerable<long> Positions(long length)
    {
        for (long i = 0; i < length; i++)
        {
            if (length > LongestRow && i == EntriesAtEachEnd)
            {
                yield return -1;
                i = length - EntriesAtEachEnd;
            }

            yield return i;
        }
    }

    private static string Number(torch.Tensor item, string format, CultureInfo culture)
    {
        Scalar value = item.ToScalar();
        return value.Type switch
        {
            torch.ScalarType.Bool => value.ToBoolean() ? "True" : "False",
            torch.ScalarType.Int64 => value.ToInt64().ToString(culture),
            _ => value.ToDouble().ToString(format, culture),
        };
    }
}
