"""All public functions of the operations under one roof: the `tf` that gradient rules get.

A module of its own, as a name of the package `ops` would be hidden by the module of that name (`cast`, `gather`…).
"""

from __future__ import annotations

from minigraph.lazy import attach

__all__ = ["FUNCTIONS", "OPERATIONS"]

FUNCTIONS: dict[str, list[str]] = {  # module: its public functions
    "minigraph.ops.activations": "crelu elu leaky_relu log_sigmoid relu relu6 selu softplus softsign".split(),
    "minigraph.ops.arithmetic": "add multiply scalar_mul subtract".split(),
    "minigraph.ops.array": "expand_dims rank reshape shape shape_n size squeeze".split(),
    "minigraph.ops.batch_scatter": ["index_vectors"],
    "minigraph.ops.bias": ["bias_add"],
    "minigraph.ops.binary": (
        "atan2 div_no_nan maximum minimum multiply_no_nan pow reciprocal_no_nan squared_difference xdivy xlogy"
    ).split(),
    "minigraph.ops.broadcast": (
        "broadcast_dynamic_shape broadcast_gradient_args broadcast_static_shape broadcast_to"
    ).split(),
    "minigraph.ops.case": ["case"],
    "minigraph.ops.cast": (
        "bitcast cast to_bfloat16 to_complex128 to_complex64 to_double to_float to_int32 to_int64"
    ).split(),
    "minigraph.ops.checks": (
        "Assert assert_equal assert_greater assert_greater_equal assert_integer assert_less assert_less_equal "
        "assert_negative assert_non_negative assert_non_positive assert_none_equal assert_positive assert_rank "
        "assert_rank_at_least assert_rank_in assert_scalar assert_type is_non_decreasing is_numeric_tensor "
        "is_strictly_increasing"
    ).split(),
    "minigraph.ops.clip": (
        "clip_by_average_norm clip_by_global_norm clip_by_norm clip_by_value global_norm saturate_cast"
    ).split(),
    "minigraph.ops.comparison": (
        "approximate_equal equal greater greater_equal less less_equal logical_and logical_not logical_or "
        "logical_xor not_equal"
    ).split(),
    "minigraph.ops.complex_numbers": "angle complex conj imag real".split(),
    "minigraph.ops.cond": ["cond"],
    "minigraph.ops.constants": "constant is_constant placeholder placeholder_with_default".split(),
    "minigraph.ops.control_flow": "group no_op tuple".split(),
    "minigraph.ops.conv": "conv1d conv2d conv2d_backprop_filter conv2d_backprop_input conv2d_transpose".split(),
    "minigraph.ops.cumulative": "cumprod cumsum".split(),
    "minigraph.ops.division": (
        "div divide floor_div floordiv floormod mod realdiv truediv truncatediv truncatemod"
    ).split(),
    "minigraph.ops.eigen": "self_adjoint_eig self_adjoint_eigvals".split(),
    "minigraph.ops.elementwise": "abs negative reciprocal rsqrt sign sqrt square".split(),
    "minigraph.ops.exponential": "exp expm1 log log1p".split(),
    "minigraph.ops.extremes": "arg_max arg_min argmax argmin reduce_all reduce_any reduce_max reduce_min".split(),
    "minigraph.ops.fill": "fill ones ones_like zeros zeros_like".split(),
    "minigraph.ops.gather": "batch_gather gather gather_nd".split(),
    "minigraph.ops.getitem": ["tensor_getitem"],
    "minigraph.ops.hyperbolic": "acosh asinh atanh cosh sigmoid sinh tanh".split(),
    "minigraph.ops.identities": "ensure_shape identity identity_n stop_gradient".split(),
    "minigraph.ops.indexing": "dynamic_partition dynamic_stitch one_hot reverse reverse_v2".split(),
    "minigraph.ops.join": "concat meshgrid parallel_stack stack".split(),
    "minigraph.ops.linalg": (
        "adjoint cholesky matrix_determinant matrix_inverse matrix_solve matrix_triangular_solve qr"
    ).split(),
    "minigraph.ops.logits": "assert_same_shape check_arguments check_shapes check_types".split(),
    "minigraph.ops.loops": ["while_loop"],
    "minigraph.ops.mask": "boolean_mask sequence_mask".split(),
    "minigraph.ops.matrix": "cross matmul tensordot".split(),
    "minigraph.ops.matrix_parts": (
        "diag diag_part eye matrix_band_part matrix_diag matrix_diag_part matrix_set_diag trace"
    ).split(),
    "minigraph.ops.norm": ["l2_loss"],
    "minigraph.ops.operators": ["override_operator"],
    "minigraph.ops.padding": "pad tile".split(),
    "minigraph.ops.pool": "avg_pool avg_pool2d max_pool max_pool2d".split(),
    "minigraph.ops.random": (
        "categorical multinomial random_crop random_normal random_shuffle random_uniform truncated_normal"
    ).split(),
    "minigraph.ops.reduction": "accumulate_n add_n reduce_euclidean_norm reduce_mean reduce_prod reduce_sum".split(),
    "minigraph.ops.resource": "handle_op read shape_of variable_shape zeros_of".split(),
    "minigraph.ops.resource_scatter": ["apply_to_handle"],
    "minigraph.ops.rounding": "ceil floor is_finite is_inf is_nan rint round".split(),
    "minigraph.ops.scatter": (
        "scatter_add scatter_div scatter_max scatter_min scatter_mul scatter_nd_add scatter_nd_sub "
        "scatter_nd_update scatter_sub scatter_update"
    ).split(),
    "minigraph.ops.scattering": "scatter_nd tensor_scatter_add tensor_scatter_sub tensor_scatter_update".split(),
    "minigraph.ops.script": "Print add_check_numerics_ops check_numerics py_func verify_tensor_all_finite".split(),
    "minigraph.ops.segment": (
        "segment_max segment_mean segment_min segment_prod segment_sum unsorted_segment_max unsorted_segment_mean "
        "unsorted_segment_min unsorted_segment_prod unsorted_segment_sqrt_n unsorted_segment_sum"
    ).split(),
    "minigraph.ops.select": ["where"],
    "minigraph.ops.sequences": "lin_space linspace range".split(),
    "minigraph.ops.sets": "setdiff1d unique unique_with_counts".split(),
    "minigraph.ops.singular": "norm svd".split(),
    "minigraph.ops.sizes": "completed static_shape whole_shape".split(),
    "minigraph.ops.slicing": "slice strided_slice".split(),
    "minigraph.ops.softmax": (
        "log_softmax softmax softmax_cross_entropy_with_logits softmax_cross_entropy_with_logits_v2 "
        "sparse_softmax_cross_entropy_with_logits"
    ).split(),
    "minigraph.ops.space_to_batch": (
        "batch_to_space_nd required_space_to_batch_paddings space_to_batch_nd with_holes"
    ).split(),
    "minigraph.ops.special": "digamma erf erfc lgamma polygamma".split(),
    "minigraph.ops.splitting": "split unstack".split(),
    "minigraph.ops.state": "assign assign_add assign_sub count_up_to is_variable_initialized variable_op".split(),
    "minigraph.ops.statistics": "count_nonzero reduce_logsumexp reduce_std reduce_variance".split(),
    "minigraph.ops.top_k": "in_top_k top_k".split(),
    "minigraph.ops.training_resource": ["on_handles"],
    "minigraph.ops.transposing": "invert_permutation matrix_transpose transpose".split(),
    "minigraph.ops.trigonometry": "acos asin atan cos sin tan".split(),
    "minigraph.ops.unbroadcast": (
        "broadcast_axes full_axes reduce_to reduced_shape safe_division same_static_shape"
    ).split(),
    "minigraph.ops.windows": "check_window columns images output_size paddings windows".split(),
}

OPERATIONS: dict[str, list[str]] = {  # module: the types of the operations that it defines
    "minigraph.graph.func_graph": ["_Arg"],
    "minigraph.nn.fused_batch_norm": "FusedBatchNormGradV3 FusedBatchNormV3".split(),
    "minigraph.ops.activations": (
        "Elu EluGrad LeakyRelu LeakyReluGrad Relu Relu6 Relu6Grad ReluGrad Selu SeluGrad Softplus Softsign SoftsignGrad"
    ).split(),
    "minigraph.ops.arithmetic": "Add AddV2 Mul Sub".split(),
    "minigraph.ops.array": "ExpandDims Rank Reshape Shape ShapeN Size Squeeze".split(),
    "minigraph.ops.bias": "BiasAdd BiasAddGrad".split(),
    "minigraph.ops.binary": "Atan2 DivNoNan Maximum Minimum MulNoNan Pow SquaredDifference Xdivy Xlogy".split(),
    "minigraph.ops.broadcast": "BroadcastArgs BroadcastGradientArgs BroadcastTo".split(),
    "minigraph.ops.cast": "Bitcast Cast".split(),
    "minigraph.ops.checks": ["Assert"],
    "minigraph.ops.comparison": (
        "ApproximateEqual Equal Greater GreaterEqual Less LessEqual LogicalAnd LogicalNot LogicalOr NotEqual"
    ).split(),
    "minigraph.ops.complex_numbers": "Angle Complex ComplexAbs Conj Imag Real".split(),
    "minigraph.ops.cond": "BranchItem If StatelessIf".split(),
    "minigraph.ops.constants": "Const Placeholder PlaceholderWithDefault".split(),
    "minigraph.ops.control_flow": ["NoOp"],
    "minigraph.ops.conv": "Conv2D Conv2DBackpropFilter Conv2DBackpropInput".split(),
    "minigraph.ops.cumulative": "Cumprod Cumsum".split(),
    "minigraph.ops.division": "Div FloorDiv FloorMod RealDiv TruncateDiv TruncateMod".split(),
    "minigraph.ops.eigen": ["SelfAdjointEigV2"],
    "minigraph.ops.elementwise": (
        "Abs Inv Neg Reciprocal ReciprocalGrad Rsqrt RsqrtGrad Sign Sqrt SqrtGrad Square"
    ).split(),
    "minigraph.ops.exponential": "Exp Expm1 Log Log1p".split(),
    "minigraph.ops.extremes": "All Any ArgMax ArgMin Max Min".split(),
    "minigraph.ops.fill": "Fill ZerosLike".split(),
    "minigraph.ops.gather": "GatherNd GatherV2".split(),
    "minigraph.ops.hyperbolic": "Acosh Asinh Atanh Cosh Sigmoid SigmoidGrad Sinh Tanh TanhGrad".split(),
    "minigraph.ops.identities": "EnsureShape Identity IdentityN PreventGradient StopGradient".split(),
    "minigraph.ops.indexing": "DynamicPartition DynamicStitch OneHot ParallelDynamicStitch ReverseV2".split(),
    "minigraph.ops.join": "ConcatOffset ConcatV2 Pack ParallelConcat".split(),
    "minigraph.ops.linalg": "Cholesky MatrixDeterminant MatrixInverse MatrixSolve MatrixTriangularSolve Qr".split(),
    "minigraph.ops.matrix": "BatchMatMulV2 Cross MatMul".split(),
    "minigraph.ops.matrix_parts": "Diag DiagPart MatrixBandPart MatrixDiag MatrixDiagPart MatrixSetDiag".split(),
    "minigraph.ops.norm": ["L2Loss"],
    "minigraph.ops.padding": "MirrorPad MirrorPadGrad Pad PadV2 Tile".split(),
    "minigraph.ops.pool": "AvgPool AvgPoolGrad MaxPool MaxPoolGrad MaxPoolGradGrad".split(),
    "minigraph.ops.random": (
        "Multinomial RandomShuffle RandomStandardNormal RandomUniform RandomUniformInt TruncatedNormal"
    ).split(),
    "minigraph.ops.reduce": ["Reduction"],
    "minigraph.ops.reduction": "AccumulateNV2 AddN EuclideanNorm Mean Prod Sum".split(),
    "minigraph.ops.resource": (
        "AssignAddVariableOp AssignSubVariableOp AssignVariableOp ReadVariableOp ResourceGather ResourceGatherNd "
        "VarHandleOp VarIsInitializedOp VariableShape"
    ).split(),
    "minigraph.ops.resource_scatter": (
        "ResourceScatterAdd ResourceScatterDiv ResourceScatterMax ResourceScatterMin ResourceScatterMul "
        "ResourceScatterNdAdd ResourceScatterNdSub ResourceScatterNdUpdate ResourceScatterSub "
        "ResourceScatterUpdate"
    ).split(),
    "minigraph.ops.rounding": "Ceil Floor IsFinite IsInf IsNan Rint Round".split(),
    "minigraph.ops.row_updates": "Elements Rows".split(),
    "minigraph.ops.scatter": (
        "ScatterAdd ScatterDiv ScatterMax ScatterMin ScatterMul ScatterNdAdd ScatterNdSub ScatterNdUpdate "
        "ScatterSub ScatterUpdate"
    ).split(),
    "minigraph.ops.scattering": "ScatterNd TensorScatterAdd TensorScatterSub TensorScatterUpdate".split(),
    "minigraph.ops.script": "CheckNumerics Print PyFunc PyFuncStateless".split(),
    "minigraph.ops.segment": (
        "SegmentMax SegmentMean SegmentMin SegmentProd SegmentSum UnsortedSegmentMax UnsortedSegmentMin "
        "UnsortedSegmentProd UnsortedSegmentSum"
    ).split(),
    "minigraph.ops.select": "Select Where".split(),
    "minigraph.ops.sequences": "LinSpace Range".split(),
    "minigraph.ops.sets": "ListDiff Unique UniqueWithCounts".split(),
    "minigraph.ops.singular": ["Svd"],
    "minigraph.ops.slice_assign": "ResourceStridedSliceAssign StridedSliceAssign".split(),
    "minigraph.ops.slicing": "Slice StridedSlice StridedSliceGrad".split(),
    "minigraph.ops.softmax": (
        "LogSoftmax Softmax SoftmaxCrossEntropyWithLogits SparseSoftmaxCrossEntropyWithLogits"
    ).split(),
    "minigraph.ops.space_to_batch": "BatchToSpaceND SpaceToBatchND".split(),
    "minigraph.ops.special": "Digamma Erf Erfc Lgamma Polygamma".split(),
    "minigraph.ops.splitting": "Split SplitV Unpack".split(),
    "minigraph.ops.state": (
        "Assign AssignAdd AssignSub CountUpTo IsVariableInitialized ResourceCountUpTo VariableV2"
    ).split(),
    "minigraph.ops.summary": "HistogramSummary ImageSummary MergeSummary ScalarSummary TensorSummaryV2".split(),
    "minigraph.ops.tape": "NoTapeGradient TapeGradient TapeGradientItem TapeItem".split(),
    "minigraph.ops.top_k": "InTopKV2 TopKV2".split(),
    "minigraph.ops.training": (
        "ApplyAdadelta ApplyAdagrad ApplyAdagradDA ApplyAdam ApplyCenteredRMSProp ApplyFtrl ApplyFtrlV2 "
        "ApplyGradientDescent ApplyMomentum ApplyProximalAdagrad ApplyProximalGradientDescent ApplyRMSProp Update"
    ).split(),
    "minigraph.ops.training_resource": (
        "ResourceApplyAdadelta ResourceApplyAdagrad ResourceApplyAdagradDA ResourceApplyAdam "
        "ResourceApplyCenteredRMSProp ResourceApplyFtrl ResourceApplyFtrlV2 ResourceApplyGradientDescent "
        "ResourceApplyMomentum ResourceApplyProximalAdagrad ResourceApplyProximalGradientDescent "
        "ResourceApplyRMSProp ResourceSparseApplyAdadelta ResourceSparseApplyAdagrad ResourceSparseApplyAdagradDA "
        "ResourceSparseApplyCenteredRMSProp ResourceSparseApplyFtrl ResourceSparseApplyFtrlV2 "
        "ResourceSparseApplyMomentum ResourceSparseApplyProximalAdagrad ResourceSparseApplyProximalGradientDescent "
        "ResourceSparseApplyRMSProp"
    ).split(),
    "minigraph.ops.training_sparse": (
        "SparseApplyAdadelta SparseApplyAdagrad SparseApplyAdagradDA SparseApplyCenteredRMSProp SparseApplyFtrl "
        "SparseApplyFtrlV2 SparseApplyMomentum SparseApplyProximalAdagrad SparseApplyProximalGradientDescent "
        "SparseApplyRMSProp SparseUpdate"
    ).split(),
    "minigraph.ops.transposing": "ConjugateTranspose InvertPermutation Transpose".split(),
    "minigraph.ops.trigonometry": "Acos Asin Atan Cos Sin Tan".split(),
    "minigraph.ops.while_loop": ["While"],
}

__getattr__, __dir__ = attach(__name__, FUNCTIONS)
