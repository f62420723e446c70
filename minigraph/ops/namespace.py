"""All public functions of the operations in one namespace: the `tf` that gradient rules receive.

It is a separate module because names in the package `ops` would be hidden by modules of that name (`cast`, `gather`…).
"""

from __future__ import annotations

from minigraph.lazy import attach

__all__ = ["FUNCTIONS", "OPERATIONS"]

FUNCTIONS: dict[str, list[str]] = {  # module: its public functions
    "minigraph.ops.arrays.bitcast": ["bitcast"],
    "minigraph.ops.arrays.broadcast": "broadcast_dynamic_shape broadcast_static_shape broadcast_to".split(),
    "minigraph.ops.arrays.broadcast_gradient": ["broadcast_gradient_args"],
    "minigraph.ops.arrays.cast": (
        "cast to_bfloat16 to_complex128 to_complex64 to_double to_float to_int32 to_int64"
    ).split(),
    "minigraph.ops.arrays.concat": ["concat"],
    "minigraph.ops.arrays.constant": "constant is_constant".split(),
    "minigraph.ops.arrays.ensure_shape": ["ensure_shape"],
    "minigraph.ops.arrays.expand_dims": "expand_dims squeeze".split(),
    "minigraph.ops.arrays.fill": "fill ones ones_like zeros zeros_like".split(),
    "minigraph.ops.arrays.identity": "identity identity_n".split(),
    "minigraph.ops.arrays.meshgrid": ["meshgrid"],
    "minigraph.ops.arrays.one_hot": ["one_hot"],
    "minigraph.ops.arrays.pad": ["pad"],
    "minigraph.ops.arrays.placeholder": "placeholder placeholder_with_default".split(),
    "minigraph.ops.arrays.ranges": "lin_space linspace range".split(),
    "minigraph.ops.arrays.reshape": ["reshape"],
    "minigraph.ops.arrays.reverse": "reverse reverse_v2".split(),
    "minigraph.ops.arrays.shape_ops": "rank shape shape_n size".split(),
    "minigraph.ops.arrays.slices": "slice strided_slice".split(),
    "minigraph.ops.arrays.space_to_batch": (
        "batch_to_space_nd required_space_to_batch_paddings space_to_batch_nd with_holes"
    ).split(),
    "minigraph.ops.arrays.split": ["split"],
    "minigraph.ops.arrays.stack": "parallel_stack stack".split(),
    "minigraph.ops.arrays.static_sizes": "completed static_shape whole_shape".split(),
    "minigraph.ops.arrays.stop_gradient": ["stop_gradient"],
    "minigraph.ops.arrays.tile": ["tile"],
    "minigraph.ops.arrays.transpose": "invert_permutation matrix_transpose transpose".split(),
    "minigraph.ops.arrays.unique": "setdiff1d unique unique_with_counts".split(),
    "minigraph.ops.arrays.unstack": ["unstack"],
    "minigraph.ops.arrays.where": ["where"],
    "minigraph.ops.check_numerics": "add_check_numerics_ops check_numerics verify_tensor_all_finite".split(),
    "minigraph.ops.control.assert_scalar": ["assert_scalar"],
    "minigraph.ops.control.assertions": (
        "Assert assert_equal assert_greater assert_greater_equal assert_integer assert_less assert_less_equal "
        "assert_negative assert_non_negative assert_non_positive assert_none_equal assert_positive assert_type "
        "is_non_decreasing is_numeric_tensor is_strictly_increasing"
    ).split(),
    "minigraph.ops.control.case": ["case"],
    "minigraph.ops.control.cond": ["cond"],
    "minigraph.ops.control.group": "group no_op tuple".split(),
    "minigraph.ops.control.rank_assertions": "assert_rank assert_rank_at_least assert_rank_in".split(),
    "minigraph.ops.control.smart_cond": "smart_cond smart_constant_value".split(),
    "minigraph.ops.control.while_loop": ["while_loop"],
    "minigraph.ops.getitem": ["tensor_getitem"],
    "minigraph.ops.io.checkpoints": "merge_v2_checkpoints restore_v2 save_v2 sharded_filename".split(),
    "minigraph.ops.linalg.cross": ["cross"],
    "minigraph.ops.linalg.diag": (
        "diag diag_part eye matrix_band_part matrix_diag matrix_diag_part matrix_set_diag trace"
    ).split(),
    "minigraph.ops.linalg.eigen": "self_adjoint_eig self_adjoint_eigvals".split(),
    "minigraph.ops.linalg.matmul": ["matmul"],
    "minigraph.ops.linalg.norm": ["norm"],
    "minigraph.ops.linalg.solvers": (
        "adjoint cholesky matrix_determinant matrix_inverse matrix_solve matrix_triangular_solve qr"
    ).split(),
    "minigraph.ops.linalg.svd": ["svd"],
    "minigraph.ops.linalg.tensordot": ["tensordot"],
    "minigraph.ops.math.add_n": "accumulate_n add_n".split(),
    "minigraph.ops.math.arithmetic": "add multiply scalar_mul squared_difference subtract".split(),
    "minigraph.ops.math.clip": "clip_by_average_norm clip_by_norm clip_by_value saturate_cast".split(),
    "minigraph.ops.math.comparison": (
        "approximate_equal equal greater greater_equal less less_equal logical_and logical_not logical_or "
        "logical_xor not_equal"
    ).split(),
    "minigraph.ops.math.complex_numbers": "angle complex imag real".split(),
    "minigraph.ops.math.conj": ["conj"],
    "minigraph.ops.math.cumulative": "cumprod cumsum".split(),
    "minigraph.ops.math.division": "divide floor_div floordiv realdiv truediv".split(),
    "minigraph.ops.math.exponential": "exp expm1 log log1p".split(),
    "minigraph.ops.math.clip_by_global_norm": "clip_by_global_norm global_norm".split(),
    "minigraph.ops.math.hyperbolic": "acosh asinh atanh cosh sinh tanh".split(),
    "minigraph.ops.math.l2_loss": ["l2_loss"],
    "minigraph.ops.math.maximum_minimum": "maximum minimum".split(),
    "minigraph.ops.math.reduce_max_min": (
        "arg_max arg_min argmax argmin reduce_all reduce_any reduce_max reduce_min"
    ).split(),
    "minigraph.ops.math.modulo": "div floormod mod truncatediv truncatemod".split(),
    "minigraph.ops.math.moments": "count_nonzero reduce_logsumexp reduce_std reduce_variance".split(),
    "minigraph.ops.math.no_nan": "div_no_nan multiply_no_nan reciprocal_no_nan xdivy xlogy".split(),
    "minigraph.ops.math.pow": ["pow"],
    "minigraph.ops.math.powers": "reciprocal rsqrt sqrt square".split(),
    "minigraph.ops.math.reductions": "reduce_euclidean_norm reduce_mean reduce_prod reduce_sum".split(),
    "minigraph.ops.math.rounding": "ceil floor is_finite is_inf is_nan rint round".split(),
    "minigraph.ops.math.segments": (
        "segment_max segment_mean segment_min segment_prod segment_sum unsorted_segment_max unsorted_segment_mean "
        "unsorted_segment_min unsorted_segment_prod unsorted_segment_sqrt_n unsorted_segment_sum"
    ).split(),
    "minigraph.ops.math.sigmoid": ["sigmoid"],
    "minigraph.ops.math.signs": "abs negative sign".split(),
    "minigraph.ops.math.special": "digamma erf erfc lgamma polygamma".split(),
    "minigraph.ops.math.trigonometry": "acos asin atan atan2 cos sin tan".split(),
    "minigraph.ops.math.unbroadcast": "broadcast_axes full_axes reduce_to safe_division same_static_shape".split(),
    "minigraph.ops.nn.activations": "crelu elu leaky_relu log_sigmoid relu relu6 selu softplus softsign".split(),
    "minigraph.ops.nn.bias_add": ["bias_add"],
    "minigraph.ops.nn.conv_variants": "conv1d conv1d_transpose conv2d_transpose".split(),
    "minigraph.ops.nn.convolution": "conv2d conv2d_backprop_filter conv2d_backprop_input".split(),
    "minigraph.ops.nn.convolution3d": "conv3d conv3d_transpose".split(),
    "minigraph.ops.nn.depthwise": (
        "depthwise_conv2d depthwise_conv2d_native depthwise_conv2d_native_backprop_filter "
        "depthwise_conv2d_native_backprop_input separable_conv2d"
    ).split(),
    "minigraph.ops.nn.dilated": ["with_space_to_batch"],
    "minigraph.ops.nn.generic_windows": "atrous_conv2d convolution pool".split(),
    "minigraph.ops.nn.logits_checks": "assert_same_shape check_arguments check_shapes check_types".split(),
    "minigraph.ops.nn.lrn": "local_response_normalization lrn".split(),
    "minigraph.ops.nn.pool": "avg_pool avg_pool1d avg_pool2d max_pool max_pool1d max_pool2d".split(),
    "minigraph.ops.nn.pool3d": "avg_pool3d max_pool3d".split(),
    "minigraph.ops.nn.sliding_windows": (
        "check_window columns images inner output_size padded paddings positions windows"
    ).split(),
    "minigraph.ops.nn.softmax": "log_softmax softmax".split(),
    "minigraph.ops.nn.softmax_cross_entropy": (
        "softmax_cross_entropy_with_logits softmax_cross_entropy_with_logits_v2 "
        "sparse_softmax_cross_entropy_with_logits"
    ).split(),
    "minigraph.ops.nn.top_k": "in_top_k top_k".split(),
    "minigraph.ops.operators": ["override_operator"],
    "minigraph.ops.printing": ["Print"],
    "minigraph.ops.py_func": ["py_func"],
    "minigraph.ops.random.candidates": (
        "all_candidate_sampler compute_accidental_hits fixed_unigram_candidate_sampler "
        "learned_unigram_candidate_sampler log_uniform_candidate_sampler uniform_candidate_sampler"
    ).split(),
    "minigraph.ops.random.multinomial": "categorical multinomial".split(),
    "minigraph.ops.random.normal": "random_normal truncated_normal".split(),
    "minigraph.ops.random.shuffle": "random_crop random_shuffle".split(),
    "minigraph.ops.random.uniform": ["random_uniform"],
    "minigraph.ops.rows.boolean_mask": ["boolean_mask"],
    "minigraph.ops.rows.dynamic_partition": "dynamic_partition dynamic_stitch".split(),
    "minigraph.ops.rows.gather": "batch_gather gather gather_nd".split(),
    "minigraph.ops.rows.scatter_nd": "scatter_nd tensor_scatter_add tensor_scatter_sub tensor_scatter_update".split(),
    "minigraph.ops.rows.sequence_mask": ["sequence_mask"],
    "minigraph.ops.rows.sparse_to_dense": ["sparse_to_dense"],
    "minigraph.ops.strings.join": ["string_join"],
    "minigraph.ops.summary.histogram": ["histogram"],
    "minigraph.ops.summary.image": ["image"],
    "minigraph.ops.summary.merge": "merge merge_all".split(),
    "minigraph.ops.summary.scalar": ["scalar"],
    "minigraph.ops.summary.text": ["text"],
    "minigraph.ops.training.apply_resource": ["on_handles"],
    "minigraph.ops.variables.assign": "assign assign_add assign_sub is_variable_initialized variable_op".split(),
    "minigraph.ops.variables.batch_scatter": ["index_vectors"],
    "minigraph.ops.variables.count_up_to": ["count_up_to"],
    "minigraph.ops.variables.resource_ops": "handle_op read shape_of variable_shape zeros_of".split(),
    "minigraph.ops.variables.resource_scatter": ["apply_to_handle"],
    "minigraph.ops.variables.scatter": (
        "scatter_add scatter_div scatter_max scatter_min scatter_mul scatter_nd_add scatter_nd_sub "
        "scatter_nd_update scatter_sub scatter_update"
    ).split(),
}

OPERATIONS: dict[str, list[str]] = {  # module: the types of the operations that it defines
    "minigraph.graph.func_graph": ["_Arg"],
    "minigraph.nn.fused_normalization": "FusedBatchNormGradV3 FusedBatchNormV3".split(),
    "minigraph.ops.arrays.bitcast": ["Bitcast"],
    "minigraph.ops.arrays.broadcast": "BroadcastArgs BroadcastTo".split(),
    "minigraph.ops.arrays.broadcast_gradient": ["BroadcastGradientArgs"],
    "minigraph.ops.arrays.cast": ["Cast"],
    "minigraph.ops.arrays.concat": "ConcatOffset ConcatV2".split(),
    "minigraph.ops.arrays.constant": ["Const"],
    "minigraph.ops.arrays.ensure_shape": ["EnsureShape"],
    "minigraph.ops.arrays.expand_dims": "ExpandDims Squeeze".split(),
    "minigraph.ops.arrays.fill": "Fill ZerosLike".split(),
    "minigraph.ops.arrays.identity": "Identity IdentityN".split(),
    "minigraph.ops.arrays.one_hot": ["OneHot"],
    "minigraph.ops.arrays.pad": "MirrorPad MirrorPadGrad Pad PadV2".split(),
    "minigraph.ops.arrays.placeholder": "Placeholder PlaceholderWithDefault".split(),
    "minigraph.ops.arrays.ranges": "LinSpace Range".split(),
    "minigraph.ops.arrays.reshape": ["Reshape"],
    "minigraph.ops.arrays.reverse": ["ReverseV2"],
    "minigraph.ops.arrays.shape_ops": "Rank Shape ShapeN Size".split(),
    "minigraph.ops.arrays.slices": "Slice StridedSlice StridedSliceGrad".split(),
    "minigraph.ops.arrays.space_to_batch": "BatchToSpaceND SpaceToBatchND".split(),
    "minigraph.ops.arrays.split": "Split SplitV".split(),
    "minigraph.ops.arrays.stack": "Pack ParallelConcat".split(),
    "minigraph.ops.arrays.stop_gradient": "PreventGradient StopGradient".split(),
    "minigraph.ops.arrays.tile": ["Tile"],
    "minigraph.ops.arrays.transpose": "ConjugateTranspose InvertPermutation Transpose".split(),
    "minigraph.ops.arrays.unique": "ListDiff Unique UniqueWithCounts".split(),
    "minigraph.ops.arrays.unstack": ["Unpack"],
    "minigraph.ops.arrays.where": "Select Where".split(),
    "minigraph.ops.check_numerics": ["CheckNumerics"],
    "minigraph.ops.control.assertions": ["Assert"],
    "minigraph.ops.control.cond": "BranchItem If StatelessIf".split(),
    "minigraph.ops.control.group": ["NoOp"],
    "minigraph.ops.control.saved_values": "NoTapeGradient TapeGradient TapeGradientItem TapeItem".split(),
    "minigraph.ops.control.while_op": ["While"],
    "minigraph.ops.io.checkpoints": "MergeV2Checkpoints RestoreV2 SaveV2 ShardedFilename".split(),
    "minigraph.ops.linalg.cross": ["Cross"],
    "minigraph.ops.linalg.diag": "Diag DiagPart MatrixBandPart MatrixDiag MatrixDiagPart MatrixSetDiag".split(),
    "minigraph.ops.linalg.eigen": ["SelfAdjointEigV2"],
    "minigraph.ops.linalg.matmul": "BatchMatMulV2 MatMul".split(),
    "minigraph.ops.linalg.solvers": (
        "Cholesky MatrixDeterminant MatrixInverse MatrixSolve MatrixTriangularSolve Qr"
    ).split(),
    "minigraph.ops.linalg.svd": ["Svd"],
    "minigraph.ops.math.add_n": "AccumulateNV2 AddN".split(),
    "minigraph.ops.math.arithmetic": "Add AddV2 Mul SquaredDifference Sub".split(),
    "minigraph.ops.math.comparison": (
        "ApproximateEqual Equal Greater GreaterEqual Less LessEqual LogicalAnd LogicalNot LogicalOr NotEqual"
    ).split(),
    "minigraph.ops.math.complex_numbers": "Angle Complex ComplexAbs Imag Real".split(),
    "minigraph.ops.math.conj": ["Conj"],
    "minigraph.ops.math.cumulative": "Cumprod Cumsum".split(),
    "minigraph.ops.math.division": "FloorDiv RealDiv".split(),
    "minigraph.ops.math.exponential": "Exp Expm1 Log Log1p".split(),
    "minigraph.ops.math.hyperbolic": "Acosh Asinh Atanh Cosh Sinh Tanh TanhGrad".split(),
    "minigraph.ops.math.l2_loss": ["L2Loss"],
    "minigraph.ops.math.maximum_minimum": "Maximum Minimum".split(),
    "minigraph.ops.math.reduce_max_min": "All Any ArgMax ArgMin Max Min".split(),
    "minigraph.ops.math.modulo": "Div FloorMod TruncateDiv TruncateMod".split(),
    "minigraph.ops.math.no_nan": "DivNoNan MulNoNan Xdivy Xlogy".split(),
    "minigraph.ops.math.pow": ["Pow"],
    "minigraph.ops.math.powers": "Inv Reciprocal ReciprocalGrad Rsqrt RsqrtGrad Sqrt SqrtGrad Square".split(),
    "minigraph.ops.math.reductions": "EuclideanNorm Mean Prod Sum".split(),
    "minigraph.ops.math.rounding": "Ceil Floor IsFinite IsInf IsNan Rint Round".split(),
    "minigraph.ops.math.segments": (
        "SegmentMax SegmentMean SegmentMin SegmentProd SegmentSum UnsortedSegmentMax UnsortedSegmentMin "
        "UnsortedSegmentProd UnsortedSegmentSum"
    ).split(),
    "minigraph.ops.math.sigmoid": "Sigmoid SigmoidGrad".split(),
    "minigraph.ops.math.signs": "Abs Neg Sign".split(),
    "minigraph.ops.math.special": "Digamma Erf Erfc Lgamma Polygamma".split(),
    "minigraph.ops.math.trigonometry": "Acos Asin Atan Atan2 Cos Sin Tan".split(),
    "minigraph.ops.nn.activations": (
        "Elu EluGrad LeakyRelu LeakyReluGrad Relu Relu6 Relu6Grad ReluGrad Selu SeluGrad Softplus Softsign SoftsignGrad"
    ).split(),
    "minigraph.ops.nn.bias_add": "BiasAdd BiasAddGrad".split(),
    "minigraph.ops.nn.convolution": "Conv2D Conv2DBackpropFilter Conv2DBackpropInput".split(),
    "minigraph.ops.nn.convolution3d": "Conv3D Conv3DBackpropFilterV2 Conv3DBackpropInputV2".split(),
    "minigraph.ops.nn.depthwise": (
        "DepthwiseConv2dNative DepthwiseConv2dNativeBackpropFilter DepthwiseConv2dNativeBackpropInput"
    ).split(),
    "minigraph.ops.nn.lrn": "LRN LRNGrad".split(),
    "minigraph.ops.nn.pool": "AvgPool AvgPoolGrad MaxPool MaxPoolGrad MaxPoolGradGrad".split(),
    "minigraph.ops.nn.pool3d": "AvgPool3D AvgPool3DGrad MaxPool3D MaxPool3DGrad MaxPool3DGradGrad".split(),
    "minigraph.ops.nn.softmax": "LogSoftmax Softmax".split(),
    "minigraph.ops.nn.softmax_cross_entropy": (
        "SoftmaxCrossEntropyWithLogits SparseSoftmaxCrossEntropyWithLogits"
    ).split(),
    "minigraph.ops.nn.top_k": "InTopKV2 TopKV2".split(),
    "minigraph.ops.printing": ["Print"],
    "minigraph.ops.py_func": "PyFunc PyFuncStateless".split(),
    "minigraph.ops.random.candidates": (
        "AllCandidateSampler ComputeAccidentalHits FixedUnigramCandidateSampler LearnedUnigramCandidateSampler "
        "LogUniformCandidateSampler UniformCandidateSampler"
    ).split(),
    "minigraph.ops.random.multinomial": ["Multinomial"],
    "minigraph.ops.random.normal": "RandomStandardNormal TruncatedNormal".split(),
    "minigraph.ops.random.shuffle": ["RandomShuffle"],
    "minigraph.ops.random.uniform": "RandomUniform RandomUniformInt".split(),
    "minigraph.ops.rows.dynamic_partition": "DynamicPartition DynamicStitch ParallelDynamicStitch".split(),
    "minigraph.ops.rows.gather": "GatherNd GatherV2".split(),
    "minigraph.ops.rows.scatter_nd": "ScatterNd TensorScatterAdd TensorScatterSub TensorScatterUpdate".split(),
    "minigraph.ops.rows.sparse_to_dense": ["SparseToDense"],
    "minigraph.ops.strings.join": ["StringJoin"],
    "minigraph.ops.summary.histogram": ["HistogramSummary"],
    "minigraph.ops.summary.image": ["ImageSummary"],
    "minigraph.ops.summary.merge": ["MergeSummary"],
    "minigraph.ops.summary.scalar": ["ScalarSummary"],
    "minigraph.ops.summary.text": ["TensorSummaryV2"],
    "minigraph.ops.training.apply_dense": (
        "ApplyAdadelta ApplyAdagrad ApplyAdagradDA ApplyAdam ApplyCenteredRMSProp ApplyFtrl ApplyFtrlV2 "
        "ApplyMomentum ApplyProximalAdagrad ApplyProximalGradientDescent ApplyRMSProp"
    ).split(),
    "minigraph.ops.training.apply_resource": (
        "ResourceApplyAdadelta ResourceApplyAdagrad ResourceApplyAdagradDA ResourceApplyAdam "
        "ResourceApplyCenteredRMSProp ResourceApplyFtrl ResourceApplyFtrlV2 ResourceApplyGradientDescent "
        "ResourceApplyMomentum ResourceApplyProximalAdagrad ResourceApplyProximalGradientDescent "
        "ResourceApplyRMSProp ResourceSparseApplyAdadelta ResourceSparseApplyAdagrad ResourceSparseApplyAdagradDA "
        "ResourceSparseApplyCenteredRMSProp ResourceSparseApplyFtrl ResourceSparseApplyFtrlV2 "
        "ResourceSparseApplyMomentum ResourceSparseApplyProximalAdagrad "
        "ResourceSparseApplyProximalGradientDescent ResourceSparseApplyRMSProp"
    ).split(),
    "minigraph.ops.training.apply_sparse": (
        "SparseApplyAdadelta SparseApplyAdagrad SparseApplyAdagradDA SparseApplyCenteredRMSProp SparseApplyFtrl "
        "SparseApplyFtrlV2 SparseApplyMomentum SparseApplyProximalAdagrad SparseApplyProximalGradientDescent "
        "SparseApplyRMSProp"
    ).split(),
    "minigraph.ops.training.update": "ApplyGradientDescent".split(),
    "minigraph.ops.variables.assign": "Assign AssignAdd AssignSub IsVariableInitialized VariableV2".split(),
    "minigraph.ops.variables.count_up_to": "CountUpTo ResourceCountUpTo".split(),
    "minigraph.ops.variables.resource_ops": (
        "AssignAddVariableOp AssignSubVariableOp AssignVariableOp ReadVariableOp ResourceGather ResourceGatherNd "
        "VarHandleOp VarIsInitializedOp VariableShape"
    ).split(),
    "minigraph.ops.variables.resource_scatter": (
        "ResourceScatterAdd ResourceScatterDiv ResourceScatterMax ResourceScatterMin ResourceScatterMul "
        "ResourceScatterNdAdd ResourceScatterNdSub ResourceScatterNdUpdate ResourceScatterSub "
        "ResourceScatterUpdate"
    ).split(),
    "minigraph.ops.variables.scatter": (
        "ScatterAdd ScatterDiv ScatterMax ScatterMin ScatterMul ScatterNdAdd ScatterNdSub ScatterNdUpdate "
        "ScatterSub ScatterUpdate"
    ).split(),
    "minigraph.ops.variables.slice_assign": "ResourceStridedSliceAssign StridedSliceAssign".split(),
}

__getattr__, __dir__, _ = attach(__name__, FUNCTIONS)
