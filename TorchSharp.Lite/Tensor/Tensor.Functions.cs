namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor abs() => Call(&Native.tl_pointwise_abs);

        public Tensor abs_() => Updated(Call(&Native.tl_pointwise_abs_));

        public Tensor acos() => Call(&Native.tl_pointwise_acos);

        public Tensor acos_() => Call(&Native.tl_pointwise_acos_);

        public Tensor bitwise_not() => Call(&Native.tl_pointwise_bitwise_not);

        public Tensor bitwise_not_() => Updated(Call(&Native.tl_pointwise_bitwise_not_));

        public Tensor ceil() => Call(&Native.tl_pointwise_ceil);

        public Tensor ceil_() => Updated(Call(&Native.tl_pointwise_ceil_));

        public Tensor cos() => Call(&Native.tl_pointwise_cos);

        public Tensor cos_() => Updated(Call(&Native.tl_pointwise_cos_));

        public Tensor erf() => Call(&Native.tl_pointwise_erf);

        public Tensor erf_() => Updated(Call(&Native.tl_pointwise_erf_));

        public Tensor exp() => Call(&Native.tl_pointwise_exp);

        public Tensor exp_() => Updated(Call(&Native.tl_pointwise_exp_));

        public Tensor expm1() => Call(&Native.tl_pointwise_expm1);

        public Tensor expm1_() => Updated(Call(&Native.tl_pointwise_expm1_));

        public Tensor floor() => Call(&Native.tl_pointwise_floor);

        public Tensor floor_() => Updated(Call(&Native.tl_pointwise_floor_));

        public Tensor frac() => Call(&Native.tl_pointwise_frac);

        public Tensor frac_() => Updated(Call(&Native.tl_pointwise_frac_));

        public Tensor log() => Call(&Native.tl_pointwise_log);

        public Tensor log_() => Updated(Call(&Native.tl_pointwise_log_));

        public Tensor log10() => Call(&Native.tl_pointwise_log10);

        public Tensor log10_() => Updated(Call(&Native.tl_pointwise_log10_));

        public Tensor log1p() => Call(&Native.tl_pointwise_log1p);

        public Tensor log1p_() => Updated(Call(&Native.tl_pointwise_log1p_));

        public Tensor log2() => Call(&Native.tl_pointwise_log2);

        public Tensor log2_() => Updated(Call(&Native.tl_pointwise_log2_));

        public Tensor logical_not() => Call(&Native.tl_pointwise_logical_not);

        public Tensor logical_not_() => Updated(Call(&Native.tl_pointwise_logical_not_));

        public Tensor neg() => Call(&Native.tl_pointwise_neg);

        public Tensor neg_() => Updated(Call(&Native.tl_pointwise_neg_));

        public Tensor reciprocal() => Call(&Native.tl_pointwise_reciprocal);

        public Tensor reciprocal_() => Updated(Call(&Native.tl_pointwise_reciprocal_));

        public Tensor relu() => Call(&Native.tl_pointwise_relu);

        public Tensor relu_() => Updated(Call(&Native.tl_pointwise_relu_));

        public Tensor rsqrt() => Call(&Native.tl_pointwise_rsqrt);

        public Tensor rsqrt_() => Updated(Call(&Native.tl_pointwise_rsqrt_));

        public Tensor sigmoid() => Call(&Native.tl_pointwise_sigmoid);

        public Tensor sigmoid_() => Updated(Call(&Native.tl_pointwise_sigmoid_));

        public Tensor sign() => Call(&Native.tl_pointwise_sign);

        public Tensor sign_() => Updated(Call(&Native.tl_pointwise_sign_));

        public Tensor sin() => Call(&Native.tl_pointwise_sin);

        public Tensor sin_() => Updated(Call(&Native.tl_pointwise_sin_));

        public Tensor sqrt() => Call(&Native.tl_pointwise_sqrt);

        public Tensor sqrt_() => Updated(Call(&Native.tl_pointwise_sqrt_));

        public Tensor tan() => Call(&Native.tl_pointwise_tan);

        public Tensor tan_() => Updated(Call(&Native.tl_pointwise_tan_));

        public Tensor tanh() => Call(&Native.tl_pointwise_tanh);

        public Tensor tanh_() => Updated(Call(&Native.tl_pointwise_tanh_));

        public Tensor trunc() => Call(&Native.tl_pointwise_trunc);

        public Tensor trunc_() => Updated(Call(&Native.tl_pointwise_trunc_));

        public Tensor square() => Call(&Native.tl_pointwise_square);

        public Tensor isnan() => Call(&Native.tl_pointwise_isnan);

        public Tensor isinf() => Call(&Native.tl_pointwise_isinf);

        public Tensor isfinite() => Call(&Native.tl_pointwise_isfinite);

        public Tensor round(long decimals = 0) => Call(&Native.tl_pointwise_round, decimals);

        public Tensor round_(long decimals = 0) => Updated(Call(&Native.tl_pointwise_round_, decimals));
    }
}
