"""MiniGraph: the deferred graphs of TensorFlow 1.x in Python and numpy. `import minigraph as tf`.

This is the TF1 surface, name by name; what a name means is told where it is defined, and imported on first use.
"""

from minigraph.graph import node_def as _node_def
from minigraph.graph import tracebacks as _tracebacks
from minigraph.graph.absent import absent as _absent
from minigraph.lazy import attach as _attach
from minigraph.ops import operators as _operators  # noqa: F401  (installs them, and what becomes a tensor)

__version__ = "0.2.0"

__getattr__, __dir__, __all__ = _attach(
    __name__,
    {
        __name__: """
            app bitwise compat contrib data debugging distributions dtypes explain flags gfile graph_util image
            initializers io layers linalg logging lookup losses manip math metrics nest nn python_io queue random
            saved_model sparse strings summary test train viz
        """.split(),
        "minigraph.alias.modules": ["install_as_tensorflow"],
        "minigraph.autodiff.backward": ["gradients"],
        "minigraph.autodiff.custom_gradient": ["custom_gradient"],
        "minigraph.autodiff.hessians": ["hessians"],
        "minigraph.autodiff.options": "AggregationMethod UnconnectedGradients".split(),
        "minigraph.graph": ["errors"],
        "minigraph.graph.behavior": """
            disable_control_flow_v2 disable_eager_execution disable_tensor_equality disable_v2_behavior
            disable_v2_tensorshape enable_control_flow_v2 executing_eagerly
        """.split(),
        "minigraph.graph.collections": """
            GraphKeys add_to_collection add_to_collections get_collection get_collection_ref
        """.split(),
        "minigraph.graph.constant_value": ["get_static_value=constant_value"],
        "minigraph.graph.convert": ["convert_to_tensor"],
        "minigraph.graph.default": "get_default_graph reset_default_graph".split(),
        "minigraph.graph.dtypes": """
            DType as_dtype bfloat16 bool=bool_ complex128 complex64 double float16 float32 float64 half int16 int32
            int64 int8 qint16 qint32 qint8 quint16 quint8 resource string uint16 uint32 uint64 uint8 variant
        """.split(),
        "minigraph.graph.errors": "GraphWarning OpError".split(),
        "minigraph.graph.graph": ["Graph"],
        "minigraph.graph.indexed_slices": ["IndexedSlices"],
        "minigraph.graph.operation": "Operation Tensor".split(),
        "minigraph.graph.protos": """
            AttrValue Event GraphDef HistogramProto LogMessage MetaGraphDef NameAttrList NodeDef SessionLog Summary
            SummaryMetadata TensorInfo
        """.split(),
        "minigraph.graph.register_conversion": ["register_tensor_conversion_function"],
        "minigraph.graph.register_gradient": """
            NoGradient NotDifferentiable RegisterGradient no_gradient=NotDifferentiable
        """.split(),
        "minigraph.graph.scopes": "colocate_with container control_dependencies device init_scope name_scope".split(),
        "minigraph.graph.seeds": "get_seed set_random_seed".split(),
        "minigraph.graph.session_for": ["get_default_session"],
        "minigraph.graph.shapes": "Dimension TensorShape dimension_value".split(),
        "minigraph.graph.sparse_tensor": "SparseTensorValue convert_to_tensor_or_sparse_tensor".split(),
        "minigraph.graph.tensor_like": ["is_tensor"],
        "minigraph.graph.tensor_protos": "make_ndarray make_tensor_proto".split(),
        "minigraph.graph.tracebacks": ["set_traceback"],
        "minigraph.interop.import_graph_def": ["import_graph_def"],
        "minigraph.metrics.confusion_matrix": ["confusion_matrix"],
        "minigraph.ops.arrays.slices": ["newaxis"],
        "minigraph.ops.io.features": "FixedLenFeature FixedLenSequenceFeature SparseFeature VarLenFeature".split(),
        "minigraph.ops.lists.folds": "foldl foldr".split(),
        "minigraph.ops.lists.map_fn": ["map_fn"],
        "minigraph.ops.lists.scan": ["scan"],
        "minigraph.ops.lists.tensor_array": ["TensorArray"],
        "minigraph.ops.namespace": """
            Assert Print abs accumulate_n acos acosh add add_check_numerics_ops add_n angle arg_max arg_min argmax
            argmin argsort as_string asin asinh assert_equal assert_greater assert_greater_equal assert_integer
            assert_less assert_less_equal assert_near assert_negative assert_non_negative assert_non_positive
            assert_none_equal assert_positive assert_proper_iterable assert_rank assert_rank_at_least assert_rank_in
            assert_same_float_dtype assert_scalar assert_type assign assign_add assign_sub atan atan2 atanh batch_gather
            batch_to_space_nd betainc bincount bitcast boolean_mask broadcast_dynamic_shape broadcast_static_shape
            broadcast_to case cast ceil check_numerics cholesky clip_by_average_norm clip_by_global_norm clip_by_norm
            clip_by_value complex concat cond conj constant cos cosh count_nonzero count_up_to cross cumprod cumsum
            decode_base64 decode_csv decode_raw depth_to_space diag diag_part digamma div div_no_nan divide
            dynamic_partition dynamic_stitch edit_distance einsum encode_base64 ensure_shape equal erf erfc exp
            expand_dims expm1 extract_image_patches eye fill floor floor_div floordiv floormod gather gather_nd
            global_norm greater greater_equal group histogram_fixed_width histogram_fixed_width_bins identity identity_n
            igamma igammac imag invert_permutation is_finite is_inf is_nan is_non_decreasing is_numeric_tensor
            is_strictly_increasing is_variable_initialized lbeta less less_equal lgamma lin_space linspace log log1p
            log_sigmoid logical_and logical_not logical_or logical_xor matching_files matmul matrix_band_part
            matrix_determinant matrix_diag matrix_diag_part matrix_inverse matrix_set_diag matrix_solve matrix_transpose
            matrix_triangular_solve maximum meshgrid minimum mod multinomial multiply negative no_op norm not_equal
            one_hot ones ones_like pad parallel_stack parse_example parse_single_example parse_single_sequence_example
            placeholder placeholder_with_default polygamma pow print=print_v2 py_func qr random_crop random_gamma
            random_normal random_poisson random_shuffle random_uniform range rank read_file real realdiv reciprocal
            reduce_all reduce_any reduce_join reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod reduce_sum
            regex_replace repeat required_space_to_batch_paddings reshape reverse reverse_sequence reverse_v2 rint roll
            round rsqrt saturate_cast scalar_mul scatter_add scatter_div scatter_max scatter_min scatter_mul scatter_nd
            scatter_nd_add scatter_nd_sub scatter_nd_update scatter_sub scatter_update searchsorted segment_max
            segment_mean segment_min segment_prod segment_sum self_adjoint_eig self_adjoint_eigvals sequence_mask
            setdiff1d shape shape_n sigmoid sign sin sinh size slice sort space_to_batch_nd space_to_depth sparse_add
            sparse_concat sparse_fill_empty_rows sparse_mask sparse_maximum sparse_merge sparse_minimum
            sparse_placeholder sparse_reduce_max sparse_reduce_max_sparse sparse_reduce_sum sparse_reduce_sum_sparse
            sparse_reorder sparse_reset_shape sparse_reshape sparse_retain sparse_segment_mean sparse_segment_sqrt_n
            sparse_segment_sum sparse_slice sparse_softmax sparse_split sparse_tensor_dense_matmul
            sparse_tensor_to_dense sparse_to_dense sparse_to_indicator sparse_transpose split sqrt square
            squared_difference squeeze stack stop_gradient strided_slice string_join string_split string_strip
            string_to_hash_bucket string_to_hash_bucket_fast string_to_hash_bucket_strong string_to_number substr
            subtract svd tan tanh tensor_scatter_add tensor_scatter_nd_add=tensor_scatter_add
            tensor_scatter_nd_sub=tensor_scatter_sub tensor_scatter_sub tensor_scatter_update tensordot tile to_bfloat16
            to_complex128 to_complex64 to_double to_float to_int32 to_int64 trace transpose truediv truncated_normal
            truncatediv truncatemod tuple unique unique_with_counts unravel_index unsorted_segment_max
            unsorted_segment_mean unsorted_segment_min unsorted_segment_prod unsorted_segment_sqrt_n
            unsorted_segment_sum unstack verify_tensor_all_finite where where_v2 while_loop write_file zeros zeros_like
            zeta
        """.split(),
        "minigraph.ops.sparse.dense_arithmetic": ["SparseTensor"],
        "minigraph.queues.accumulators": """
            ConditionalAccumulator ConditionalAccumulatorBase SparseConditionalAccumulator
        """.split(),
        "minigraph.queues.kinds_of_queue": "FIFOQueue PaddingFIFOQueue PriorityQueue RandomShuffleQueue".split(),
        "minigraph.queues.queue_base": ["QueueBase"],
        "minigraph.queues.reader_base": """
            FixedLengthRecordReader IdentityReader ReaderBase TFRecordReader TextLineReader WholeFileReader
        """.split(),
        "minigraph.runtime.config": "ConfigProto GPUOptions GraphOptions OptimizerOptions".split(),
        "minigraph.runtime.interactive": ["InteractiveSession"],
        "minigraph.runtime.run_options": "RunMetadata RunOptions".split(),
        "minigraph.runtime.session": ["Session"],
        "minigraph.variables.collections": """
            all_variables global_variables local_variables model_variables moving_average_variables trainable_variables
        """.split(),
        "minigraph.variables.get_variable": "get_local_variable get_variable".split(),
        "minigraph.variables.initialize": """
            global_variables_initializer initialize_all_tables=tables_initializer initialize_all_variables
            initialize_local_variables initialize_variables local_variables_initializer tables_initializer
            variables_initializer
        """.split(),
        "minigraph.variables.initializers.constant": "constant_initializer ones_initializer zeros_initializer".split(),
        "minigraph.variables.initializers.matrices": ["orthogonal_initializer"],
        "minigraph.variables.initializers.random": """
            random_normal_initializer random_uniform_initializer truncated_normal_initializer
            uniform_unit_scaling_initializer
        """.split(),
        "minigraph.variables.initializers.variance_scaling": """
            glorot_normal_initializer glorot_uniform_initializer variance_scaling_initializer
        """.split(),
        "minigraph.variables.modes": "VariableAggregation VariableSynchronization".split(),
        "minigraph.variables.partitioned": ["create_partitioned_variables"],
        "minigraph.variables.partitioners": """
            fixed_size_partitioner min_max_variable_partitioner variable_axis_size_partitioner
        """.split(),
        "minigraph.variables.resource_switch": """
            disable_resource_variables enable_resource_variables resource_variables_enabled
        """.split(),
        "minigraph.variables.scope": "AUTO_REUSE VariableScope get_variable_scope no_regularizer".split(),
        "minigraph.variables.template": ["make_template"],
        "minigraph.variables.uninitialized": "assert_variables_initialized report_uninitialized_variables".split(),
        "minigraph.variables.variable": ["Variable"],
        "minigraph.variables.variable_scope": "variable_op_scope variable_scope".split(),
    },
    _absent(__name__),
)
__all__ = [name for name in __all__ if name not in ("explain", "viz")]  # no part of TensorFlow

_node_def.exporter = "minigraph.interop.export_graph"
_tracebacks.install()  # an uncaught error is shown without the frames in here
