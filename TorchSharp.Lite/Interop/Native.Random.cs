using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class Native
{
    [LibraryImport(Library)] internal static partial int tl_random_rand(long* sizes, int count, IntPtr generator, NativeOptions options, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_randn(long* sizes, int count, IntPtr generator, NativeOptions options, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_randint(long low, long high, long* sizes, int count, IntPtr generator, NativeOptions options, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_randperm(long n, IntPtr generator, NativeOptions options, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_rand_like(IntPtr x, NativeOptions options, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_randn_like(IntPtr x, NativeOptions options, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_uniform_(IntPtr x, double from, double to, IntPtr generator, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_normal_(IntPtr x, double mean, double standardDeviation, IntPtr generator, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_exponential_(IntPtr x, double rate, IntPtr generator, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_random_(IntPtr x, long from, long to, IntPtr generator, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_bernoulli_(IntPtr x, double probability, IntPtr generator, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_bernoulli(IntPtr x, IntPtr generator, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_multinomial(IntPtr x, long samples, int replacement, IntPtr generator, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_manual_seed(long seed);
    [LibraryImport(Library)] internal static partial int tl_random_generator_new(int deviceType, int deviceIndex, ulong seed, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_generator_default(int deviceType, int deviceIndex, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_generator_free(IntPtr generator);
    [LibraryImport(Library)] internal static partial int tl_random_generator_manual_seed(IntPtr generator, ulong seed);
    [LibraryImport(Library)] internal static partial int tl_random_generator_seed(IntPtr generator, ulong* result);
    [LibraryImport(Library)] internal static partial int tl_random_generator_initial_seed(IntPtr generator, ulong* result);
    [LibraryImport(Library)] internal static partial int tl_random_generator_get_state(IntPtr generator, IntPtr* result);
    [LibraryImport(Library)] internal static partial int tl_random_generator_set_state(IntPtr generator, IntPtr state);
}
