"""All public functions of the operations in one namespace: the `tf` that gradient rules receive.

It is a separate module because names in the package `ops` would be hidden by modules of that name (`cast`, `gather`…).
"""

from minigraph.lazy import attach

__all__ = ["FUNCTIONS", "OPERATIONS"]

# file: its public functions | the types of the operations that it defines
_FILES = """
graph.func_graph: | _Arg
nn.fused_normalization: | FusedBatchNormGradV3 FusedBatchNormV3
ops.arrays.bitcast: bitcast | Bitcast
ops.arrays.bounds: searchsorted | LowerBound UpperBound
ops.arrays.broadcast: broadcast_dynamic_shape broadcast_static_shape broadcast_to | BroadcastArgs BroadcastTo
ops.arrays.broadcast_gradient: broadcast_gradient_args | BroadcastGradientArgs
ops.arrays.cast: cast | Cast
ops.arrays.cast_all: cast_all
ops.arrays.concat: concat | ConcatOffset ConcatV2
ops.arrays.constant: constant is_constant | Const
ops.arrays.depth_space: depth_to_space space_to_depth | DepthToSpace SpaceToDepth
ops.arrays.ensure_shape: ensure_shape | EnsureShape
ops.arrays.expand_dims: expand_dims squeeze | ExpandDims Squeeze
ops.arrays.fill: fill ones zeros | Fill
ops.arrays.filled_like: ones_like zeros_like | ZerosLike
ops.arrays.identity: identity | Identity
ops.arrays.identity_n: identity_n | IdentityN
ops.arrays.meshgrid: meshgrid
ops.arrays.older_casts: to_bfloat16 to_complex128 to_complex64 to_double to_float to_int32 to_int64
ops.arrays.one_hot: one_hot | OneHot
ops.arrays.pad: pad | MirrorPad MirrorPadGrad Pad PadV2
ops.arrays.parallel_stack: parallel_stack | ParallelConcat
ops.arrays.placeholder: placeholder | Placeholder
ops.arrays.placeholder_with_default: placeholder_with_default | PlaceholderWithDefault
ops.arrays.ranges: lin_space linspace range | LinSpace Range
ops.arrays.reshape: reshape | Reshape
ops.arrays.reverse: reverse reverse_v2 | ReverseV2
ops.arrays.reverse_sequence: reverse_sequence | ReverseSequence
ops.arrays.roll: roll | Roll
ops.arrays.shape_ops: shape | Shape
ops.arrays.size_ops: rank shape_n size | Rank ShapeN Size
ops.arrays.slices: slice strided_slice | Slice StridedSlice StridedSliceGrad
ops.arrays.space_to_batch: batch_to_space_nd required_space_to_batch_paddings space_to_batch_nd with_holes |
  BatchToSpaceND SpaceToBatchND
ops.arrays.split: split | Split SplitV
ops.arrays.stack: stack | Pack
ops.arrays.static_sizes: completed static_shape whole_shape
ops.arrays.stop_gradient: stop_gradient | PreventGradient StopGradient
ops.arrays.tile: tile | Tile
ops.arrays.transpose: invert_permutation matrix_transpose transpose | ConjugateTranspose InvertPermutation Transpose
ops.arrays.unique: setdiff1d unique unique_with_counts | ListDiff Unique UniqueWithCounts
ops.arrays.unravel_index: unravel_index | UnravelIndex
ops.arrays.unstack: unstack | Unpack
ops.arrays.where: where | Select Where
ops.arrays.where_v2: where_v2 | SelectV2
ops.check_numerics: add_check_numerics_ops check_numerics verify_tensor_all_finite | CheckNumerics
ops.control.assert_scalar: assert_scalar
ops.control.assertions: Assert assert_equal assert_greater assert_greater_equal assert_integer assert_less
  assert_less_equal assert_negative assert_non_negative assert_non_positive assert_none_equal assert_positive
  assert_type is_non_decreasing is_numeric_tensor is_strictly_increasing | Assert
ops.control.case: case
ops.control.cond: cond | BranchItem If StatelessIf
ops.control.fake_param: fake_param | FakeParam
ops.control.float_assertions: assert_near assert_proper_iterable assert_same_float_dtype
ops.control.group: group no_op tuple | NoOp
ops.control.optionals: optional_from_value optional_get_value optional_has_value optional_none | OptionalFromValue
  OptionalGetValue OptionalHasValue OptionalNone
ops.control.partitioned_call: | PartitionedCall StatefulPartitionedCall
ops.control.rank_assertions: assert_rank assert_rank_at_least assert_rank_in
ops.control.saved_values: | TapeGradient TapeGradientItem TapeItem
ops.control.smart_cond: smart_cond smart_constant_value
ops.control.switch_merge: control_trigger merge_branches switch | ControlTrigger Merge RefMerge RefSwitch Switch
ops.control.while_loop: while_loop
ops.control.while_op: | While
ops.data.ahead: threads_for
ops.data.batching: | BatchDatasetV2 MapAndBatchDataset PaddedBatchDatasetV2 SlidingWindowDataset UnbatchDataset
  WindowDataset
ops.data.choosing: | ConcatenateDataset RepeatDataset ShardDataset SkipDataset TakeDataset ZipDataset
ops.data.csv: | CSVDataset
ops.data.dataset_op: number
ops.data.directed: | DirectedInterleaveDataset
ops.data.files: opened | FixedLengthRecordDatasetV2 TFRecordDataset TextLineDataset
ops.data.grouping: | ExperimentalGroupByReducerDataset GroupByWindowDataset UniqueDataset
ops.data.iterators: first_elements | DatasetCardinality DatasetToSingleElement IteratorFromStringHandleV2
  IteratorGetNext IteratorToStringHandle IteratorV2 MakeIterator OneShotIterator
ops.data.kept: | CacheDataset
ops.data.mapping: | FilterDataset MapDataset ParallelMapDataset ReduceDataset ScanDataset TakeWhileDataset
ops.data.nesting: | FlatMapDataset InterleaveDataset ParallelInterleaveDataset ParallelInterleaveDatasetV2
ops.data.passing: | IgnoreErrorsDataset ModelDataset OptimizeDataset PrefetchDataset
ops.data.pipeline: drained own stacked
ops.data.records: | DatasetToTFRecord
ops.data.shuffling: times words_of | RandomDataset ShuffleAndRepeatDataset ShuffleDataset
ops.data.sources: | GeneratorDataset RangeDataset TensorDataset TensorSliceDataset
ops.getitem: tensor_getitem
ops.images.area: resize_area | ResizeArea
ops.images.bicubic: resize_bicubic | ResizeBicubic ResizeBicubicGrad
ops.images.bilinear: resize_bilinear | ResizeBilinear ResizeBilinearGrad
ops.images.boxes: draw_bounding_boxes sample_distorted_bounding_box sample_distorted_bounding_box_v2 | DrawBoundingBoxes
  DrawBoundingBoxesV2 SampleDistortedBoundingBoxV2
ops.images.color_gradient: hsv_gradient
ops.images.colors: hsv_to_rgb rgb_to_hsv | AdjustContrastv2 AdjustHue AdjustSaturation HSVToRGB RGBToHSV
ops.images.combined_suppression: combined_non_max_suppression | CombinedNonMaxSuppression
ops.images.crop_and_resize: crop_and_resize | CropAndResize CropAndResizeGradBoxes CropAndResizeGradImage
ops.images.decoding: decode_and_crop_jpeg decode_bmp decode_gif decode_jpeg decode_png extract_jpeg_shape |
  DecodeAndCropJpeg DecodeBmp DecodeGif DecodeJpeg DecodePng ExtractJpegShape
ops.images.encoding: encode_jpeg encode_jpeg_variable_quality encode_png | EncodeJpeg EncodeJpegVariableQuality
  EncodePng
ops.images.nearest: resize_nearest_neighbor | ResizeNearestNeighbor ResizeNearestNeighborGrad
ops.images.patches: extract_glimpse extract_image_patches extract_patches | ExtractGlimpse ExtractImagePatches
ops.images.projection: flat_transforms_to_matrices image_projective_transform_v2 matrices_to_flat_transforms |
  ImageProjectiveTransformV2
ops.images.resize_family: sized
ops.images.sampling: along pixel_positions scale_of spread summed transposed used
ops.images.suppression: non_max_suppression non_max_suppression_padded non_max_suppression_with_overlaps
  non_max_suppression_with_scores | NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5
  NonMaxSuppressionWithOverlaps
ops.io.checkpoints: merge_v2_checkpoints restore_v2 save_v2 sharded_filename | MergeV2Checkpoints RestoreV2 SaveV2
  ShardedFilename
ops.io.checkpoints_v1: | Restore RestoreSlice Save SaveSlices
ops.io.decoding: decode_csv decode_raw string_to_number | DecodeCSV DecodeRaw StringToNumber
ops.io.disk: on_disk text_of
ops.io.examples: parse_example parse_single_example | ParseExample ParseSingleExample
ops.io.files: matching_files read_file write_file | MatchingFiles ReadFile WriteFile
ops.io.readers: fixed_length_record_reader identity_reader reader_num_records_produced reader_num_work_units_completed
  reader_read reader_read_up_to reader_reset text_line_reader tf_record_reader whole_file_reader |
  FixedLengthRecordReaderV2 IdentityReaderV2 ReaderNumRecordsProducedV2 ReaderNumWorkUnitsCompletedV2 ReaderReadUpToV2
  ReaderReadV2 ReaderResetV2 TFRecordReaderV2 TextLineReaderV2 WholeFileReaderV2
ops.io.reading: fixed_length itself lines records whole
ops.io.sequence_examples: parse_single_sequence_example | ParseSingleSequenceExample
ops.linalg.cross: cross | Cross
ops.linalg.diag: diag diag_part eye matrix_band_part matrix_diag matrix_diag_part matrix_set_diag trace | Diag DiagPart
  MatrixBandPart MatrixDiag MatrixDiagPart MatrixSetDiag
ops.linalg.eigen: self_adjoint_eig self_adjoint_eigvals | SelfAdjointEigV2
ops.linalg.einsum: einsum
ops.linalg.matmul: matmul | BatchMatMulV2
ops.linalg.matmul_op: | MatMul
ops.linalg.norm: norm
ops.linalg.solvers: adjoint cholesky matrix_determinant matrix_inverse matrix_solve matrix_triangular_solve qr |
  Cholesky MatrixDeterminant MatrixInverse MatrixSolve MatrixTriangularSolve Qr
ops.linalg.svd: svd | Svd
ops.linalg.tensordot: tensordot
ops.lists.array_handles: array_gradient | TensorArrayCloseV3 TensorArrayConcatV3 TensorArrayGatherV3 TensorArrayGradV3
  TensorArrayReadV3 TensorArrayScatterV3 TensorArraySizeV3 TensorArraySplitV3 TensorArrayV3 TensorArrayWriteV3
ops.lists.creation: empty_tensor_list tensor_list_from_tensor tensor_list_reserve tensor_list_scatter_new
  tensor_list_split | EmptyTensorList TensorListFromTensor TensorListReserve TensorListScatterV2 TensorListSplit
ops.lists.folds: foldl foldr
ops.lists.items: tensor_list_element_shape tensor_list_get_item tensor_list_length tensor_list_pop_back
  tensor_list_push_back tensor_list_resize tensor_list_set_item | TensorListElementShape TensorListGetItem
  TensorListLength TensorListPopBack TensorListPushBack TensorListResize TensorListSetItem
ops.lists.joined: tensor_list_concat tensor_list_gather tensor_list_scatter tensor_list_stack | TensorListConcatV2
  TensorListGather TensorListScatterAdd TensorListScatterIntoExistingList TensorListStack
ops.lists.map_fn: map_fn
ops.lists.rows: count_rows stack_rows
ops.lists.scan: scan
ops.lists.stacks: stack_close stack_new stack_pop stack_push | StackCloseV2 StackPopV2 StackPushV2 StackV2
ops.lists.tensor_list: as_element_shape
ops.math.add_n: accumulate_n add_n | AccumulateNV2 AddN
ops.math.arithmetic: add multiply subtract | Add AddV2 Mul Sub
ops.math.bits: bitwise_and bitwise_or bitwise_xor invert left_shift right_shift | BitwiseAnd BitwiseOr BitwiseXor
  Invert LeftShift RightShift
ops.math.clip: clip_by_average_norm clip_by_norm clip_by_value saturate_cast
ops.math.clip_by_global_norm: clip_by_global_norm
ops.math.comparison: approximate_equal equal greater greater_equal less less_equal logical_and logical_not logical_or
  logical_xor not_equal | ApproximateEqual Equal Greater GreaterEqual Less LessEqual LogicalAnd LogicalNot LogicalOr
  NotEqual
ops.math.complex_numbers: angle complex imag real | Angle Complex ComplexAbs Imag Real
ops.math.conj: conj | Conj
ops.math.cumulative: cumprod cumsum | Cumprod Cumsum
ops.math.division: divide floor_div floordiv realdiv truediv | FloorDiv RealDiv
ops.math.exponential: exp expm1 log log1p | Exp Expm1 Log Log1p
ops.math.global_norm: global_norm
ops.math.histograms: bincount histogram_fixed_width histogram_fixed_width_bins | Bincount HistogramFixedWidth
ops.math.hyperbolic: acosh asinh atanh cosh sinh tanh | Acosh Asinh Atanh Cosh Sinh Tanh TanhGrad
ops.math.incomplete: betainc igamma igamma_grad_a igammac lbeta zeta | Betainc Igamma IgammaGradA Igammac Zeta
ops.math.l2_loss: l2_loss | L2Loss
ops.math.maximum_minimum: maximum minimum | Maximum Minimum
ops.math.modulo: div floormod mod truncatediv truncatemod | Div FloorMod TruncateDiv TruncateMod
ops.math.moments: count_nonzero reduce_euclidean_norm reduce_logsumexp reduce_std reduce_variance | EuclideanNorm
ops.math.negative: negative | Neg
ops.math.no_nan: div_no_nan multiply_no_nan reciprocal_no_nan xdivy xlogy | DivNoNan MulNoNan Xdivy Xlogy
ops.math.polynomials: nextafter polyval | NextAfter
ops.math.pow: pow | Pow
ops.math.power_gradients: | ReciprocalGrad RsqrtGrad SqrtGrad
ops.math.powers: sqrt square | Sqrt Square
ops.math.reciprocal: reciprocal rsqrt | Inv Reciprocal Rsqrt
ops.math.reduce_max_min: arg_max arg_min argmax argmin reduce_all reduce_any reduce_max reduce_min | All Any ArgMax
  ArgMin Max Min
ops.math.reductions: reduce_mean reduce_prod reduce_sum | Mean Prod Sum
ops.math.rounding: ceil floor is_finite is_inf is_nan rint round | Ceil Floor IsFinite IsInf IsNan Rint Round
ops.math.scalar_mul: scalar_mul
ops.math.segments: segment_max segment_mean segment_min segment_prod segment_sum unsorted_segment_max
  unsorted_segment_mean unsorted_segment_min unsorted_segment_prod unsorted_segment_sqrt_n unsorted_segment_sum |
  SegmentMax SegmentMean SegmentMin SegmentProd SegmentSum UnsortedSegmentMax UnsortedSegmentMin UnsortedSegmentProd
  UnsortedSegmentSum
ops.math.sigmoid: sigmoid | Sigmoid SigmoidGrad
ops.math.signs: abs sign | Abs Sign
ops.math.sparse_segments: sparse_segment_mean sparse_segment_sqrt_n sparse_segment_sum | SparseSegmentMean
  SparseSegmentMeanGrad SparseSegmentMeanWithNumSegments SparseSegmentSqrtN SparseSegmentSqrtNGrad
  SparseSegmentSqrtNWithNumSegments SparseSegmentSum SparseSegmentSumWithNumSegments
ops.math.special: digamma erf erfc lgamma polygamma | Digamma Erf Erfc Lgamma Polygamma
ops.math.squared_difference: squared_difference | SquaredDifference
ops.math.trigonometry: acos asin atan atan2 cos sin tan | Acos Asin Atan Atan2 Cos Sin Tan
ops.math.unbroadcast: broadcast_axes full_axes reduce_to safe_division same_static_shape
ops.nn.activations: crelu elu leaky_relu log_sigmoid relu relu6 selu softplus softsign | Elu EluGrad LeakyRelu
  LeakyReluGrad Relu Relu6 Relu6Grad ReluGrad Selu SeluGrad Softplus Softsign SoftsignGrad
ops.nn.bias_add: bias_add | BiasAdd BiasAddGrad
ops.nn.conv_variants: conv1d conv1d_transpose conv2d_transpose
ops.nn.convolution: conv2d conv2d_backprop_filter conv2d_backprop_input | Conv2D Conv2DBackpropFilter
  Conv2DBackpropInput
ops.nn.convolution3d: conv3d conv3d_transpose | Conv3D Conv3DBackpropFilterV2 Conv3DBackpropInputV2
ops.nn.ctc_decoders: ctc_beam_search_decoder ctc_beam_search_decoder_v2 ctc_greedy_decoder | CTCBeamSearchDecoder
  CTCGreedyDecoder
ops.nn.ctc_loss: ctc_loss | CTCLoss
ops.nn.depthwise: depthwise_conv2d depthwise_conv2d_native depthwise_conv2d_native_backprop_filter
  depthwise_conv2d_native_backprop_input separable_conv2d | DepthwiseConv2dNative DepthwiseConv2dNativeBackpropFilter
  DepthwiseConv2dNativeBackpropInput
ops.nn.dilated: with_space_to_batch
ops.nn.generic_windows: atrous_conv2d convolution pool
ops.nn.logits_checks: assert_same_shape check_arguments check_shapes check_types
ops.nn.lrn: local_response_normalization lrn | LRN LRNGrad
ops.nn.morphology: dilation2d erosion2d | Dilation2D Dilation2DBackpropFilter Dilation2DBackpropInput
ops.nn.pool: avg_pool avg_pool1d avg_pool2d max_pool max_pool1d max_pool2d | AvgPool AvgPoolGrad MaxPool MaxPoolGrad
  MaxPoolGradGrad
ops.nn.pool3d: avg_pool3d max_pool3d | AvgPool3D AvgPool3DGrad MaxPool3D MaxPool3DGrad MaxPool3DGradGrad
ops.nn.sliding_windows: check_window columns images inner output_size padded paddings positions windows
ops.nn.softmax: log_softmax softmax | LogSoftmax Softmax
ops.nn.softmax_cross_entropy: softmax_cross_entropy_with_logits softmax_cross_entropy_with_logits_v2
  sparse_softmax_cross_entropy_with_logits | SoftmaxCrossEntropyWithLogits SparseSoftmaxCrossEntropyWithLogits
ops.nn.sorting: argsort sort
ops.nn.top_k: in_top_k top_k | InTopKV2 TopKV2
ops.operators: override_operator
ops.print_v2: print_v2 | PrintV2
ops.printing: Print | Print
ops.py_func: py_func | PyFunc PyFuncStateless
ops.queues.accumulators: accumulator_num_accumulated accumulator_set_global_step conditional_accumulator
  resource_accumulator_apply_gradient resource_accumulator_num_accumulated resource_accumulator_set_global_step
  resource_accumulator_take_gradient sparse_accumulator_apply_gradient sparse_accumulator_take_gradient
  sparse_conditional_accumulator | AccumulatorNumAccumulated AccumulatorSetGlobalStep ResourceAccumulatorApplyGradient
  ResourceAccumulatorNumAccumulated ResourceAccumulatorSetGlobalStep ResourceAccumulatorTakeGradient
  ResourceConditionalAccumulator SparseAccumulatorApplyGradient SparseAccumulatorTakeGradient
  SparseConditionalAccumulator
ops.queues.elements: queue_close queue_dequeue queue_dequeue_many queue_dequeue_up_to queue_enqueue queue_enqueue_many
  queue_is_closed queue_size | QueueCloseV2 QueueDequeueManyV2 QueueDequeueUpToV2 QueueDequeueV2 QueueEnqueueManyV2
  QueueEnqueueV2 QueueIsClosedV2 QueueSizeV2
ops.queues.queues: fifo_queue padding_fifo_queue priority_queue random_shuffle_queue | FIFOQueueV2 PaddingFIFOQueueV2
  PriorityQueueV2 RandomShuffleQueueV2
ops.random.candidates: all_candidate_sampler compute_accidental_hits fixed_unigram_candidate_sampler
  learned_unigram_candidate_sampler log_uniform_candidate_sampler uniform_candidate_sampler | AllCandidateSampler
  ComputeAccidentalHits FixedUnigramCandidateSampler LearnedUnigramCandidateSampler LogUniformCandidateSampler
  UniformCandidateSampler
ops.random.gamma: random_gamma random_poisson | RandomGamma RandomGammaGrad RandomPoissonV2
ops.random.multinomial: categorical multinomial | Multinomial StatelessMultinomial
ops.random.normal: random_normal truncated_normal | RandomStandardNormal TruncatedNormal
ops.random.rejection: draw_gamma draw_poisson
ops.random.shuffle: random_crop random_shuffle | RandomShuffle
ops.random.uniform: random_uniform | RandomUniform
ops.random.uniform_int: | RandomUniformInt
ops.rows.boolean_mask: boolean_mask
ops.rows.dynamic_partition: dynamic_partition dynamic_stitch | DynamicPartition DynamicStitch ParallelDynamicStitch
ops.rows.gather: batch_gather gather gather_nd | GatherNd GatherV2
ops.rows.gather_tree: gather_tree | GatherTree
ops.rows.repeat: repeat
ops.rows.scatter_nd: scatter_nd tensor_scatter_add tensor_scatter_sub tensor_scatter_update | ScatterNd
  TensorScatterAdd TensorScatterSub TensorScatterUpdate
ops.rows.sequence_mask: sequence_mask
ops.rows.sparse_dense_add: sparse_tensor_dense_add | SparseTensorDenseAdd
ops.rows.sparse_to_dense: sparse_to_dense | SparseToDense
ops.sparse.arithmetic: sparse_add sparse_maximum sparse_minimum | SparseAdd SparseAddGrad SparseSparseMaximum
  SparseSparseMinimum
ops.sparse.conversions: sparse_expand_dims sparse_eye sparse_from_dense sparse_merge sparse_placeholder
  sparse_tensor_to_dense sparse_to_indicator
ops.sparse.crosses: sparse_cross sparse_cross_hashed | SparseCross
ops.sparse.dense_arithmetic: sparse_dense_cwise_add sparse_dense_cwise_div sparse_dense_cwise_mul sparse_dense_truediv
  | SparseDenseCwiseAdd SparseDenseCwiseDiv SparseDenseCwiseMul
ops.sparse.edit_distance: edit_distance | EditDistance
ops.sparse.joining: sparse_concat sparse_slice sparse_split | SparseConcat SparseSlice SparseSliceGrad SparseSplit
ops.sparse.matmul: sparse_tensor_dense_matmul | SparseTensorDenseMatMul
ops.sparse.ordering: sparse_reorder sparse_reshape sparse_transpose | SparseReorder SparseReshape
ops.sparse.packed: packed packed_rows unpacked | DeserializeSparse SerializeManySparse SerializeSparse
ops.sparse.reductions: sparse_reduce_max sparse_reduce_max_sparse sparse_reduce_sum sparse_reduce_sum_sparse
  sparse_softmax | SparseReduceMax SparseReduceMaxSparse SparseReduceSum SparseReduceSumSparse SparseSoftmax
ops.sparse.rows: sparse_fill_empty_rows sparse_mask sparse_reset_shape sparse_retain | SparseFillEmptyRows
  SparseFillEmptyRowsGrad
ops.sparse.stored: add_many_sparse_to_tensors_map add_sparse_to_tensors_map take_many_sparse_from_tensors_map |
  AddManySparseToTensorsMap AddSparseToTensorsMap TakeManySparseFromTensorsMap
ops.strings.formats: as_string decode_base64 encode_base64 string_to_hash_bucket string_to_hash_bucket_fast
  string_to_hash_bucket_strong unicode_transcode | AsString DecodeBase64 EncodeBase64 StringToHashBucket
  StringToHashBucketFast StringToHashBucketStrong UnicodeTranscode
ops.strings.join: string_join | StringJoin
ops.strings.parts: string_length string_lower string_strip string_upper substr | StringLength StringLower StringStrip
  StringUpper Substr
ops.strings.reduce_join: reduce_join | ReduceJoin
ops.strings.regex: regex_full_match regex_replace | RegexFullMatch RegexReplace StaticRegexFullMatch StaticRegexReplace
ops.strings.splitting: split_texts string_split | StringSplit StringSplitV2
ops.strings.string_format: string_format | StringFormat
ops.summary.audio: audio | AudioSummaryV2
ops.summary.histogram: histogram | HistogramSummary
ops.summary.image: image | ImageSummary
ops.summary.merge: merge merge_all | MergeSummary
ops.summary.scalar: scalar | ScalarSummary
ops.summary.tensor: tensor_summary | TensorSummaryV2
ops.summary.text: text
ops.tables.tables: hash_table initialize_table_from_text_file lookup_table_export lookup_table_find lookup_table_import
  lookup_table_insert lookup_table_remove lookup_table_size mutable_hash_table mutable_hash_table_of_tensors |
  HashTableV2 InitializeTableFromTextFileV2 LookupTableExportV2 LookupTableFindV2 LookupTableImportV2
  LookupTableInsertV2 LookupTableRemoveV2 LookupTableSizeV2 MutableHashTableOfTensorsV2 MutableHashTableV2
ops.training.apply_dense: | ApplyAdadelta ApplyAdagrad ApplyAdagradDA ApplyAdam ApplyCenteredRMSProp ApplyFtrl
  ApplyFtrlV2 ApplyMomentum ApplyProximalAdagrad ApplyProximalGradientDescent ApplyRMSProp
ops.training.apply_resource: on_handles | ResourceApplyAdadelta ResourceApplyAdagrad ResourceApplyAdagradDA
  ResourceApplyAdam ResourceApplyCenteredRMSProp ResourceApplyFtrl ResourceApplyFtrlV2 ResourceApplyGradientDescent
  ResourceApplyMomentum ResourceApplyProximalAdagrad ResourceApplyProximalGradientDescent ResourceApplyRMSProp
  ResourceSparseApplyAdadelta ResourceSparseApplyAdagrad ResourceSparseApplyAdagradDA
  ResourceSparseApplyCenteredRMSProp ResourceSparseApplyFtrl ResourceSparseApplyFtrlV2 ResourceSparseApplyMomentum
  ResourceSparseApplyProximalAdagrad ResourceSparseApplyProximalGradientDescent ResourceSparseApplyRMSProp
ops.training.apply_sparse: | SparseApplyAdadelta SparseApplyAdagrad SparseApplyAdagradDA SparseApplyCenteredRMSProp
  SparseApplyFtrl SparseApplyFtrlV2 SparseApplyMomentum SparseApplyProximalAdagrad SparseApplyProximalGradientDescent
  SparseApplyRMSProp
ops.training.update: | ApplyGradientDescent
ops.variables.assign: assign assign_add assign_sub variable_op | Assign AssignAdd AssignSub VariableV2
ops.variables.batch_scatter: index_vectors
ops.variables.count_up_to: count_up_to | CountUpTo ResourceCountUpTo
ops.variables.is_initialized: is_variable_initialized | IsVariableInitialized
ops.variables.resource_ops: handle_op read shape_of variable_shape zeros_of | AssignAddVariableOp AssignSubVariableOp
  AssignVariableOp ReadVariableOp ResourceGather ResourceGatherNd VarHandleOp VarIsInitializedOp VariableShape
ops.variables.resource_scatter: apply_to_handle | ResourceScatterAdd ResourceScatterDiv ResourceScatterMax
  ResourceScatterMin ResourceScatterMul ResourceScatterNdAdd ResourceScatterNdSub ResourceScatterNdUpdate
  ResourceScatterSub ResourceScatterUpdate
ops.variables.scatter: scatter_add scatter_div scatter_max scatter_min scatter_mul scatter_nd_add scatter_nd_sub
  scatter_nd_update scatter_sub scatter_update | ScatterAdd ScatterDiv ScatterMax ScatterMin ScatterMul ScatterNdAdd
  ScatterNdSub ScatterNdUpdate ScatterSub ScatterUpdate
ops.variables.slice_assign: | ResourceStridedSliceAssign StridedSliceAssign
"""

FUNCTIONS: dict[str, list[str]] = {}  # module: its public functions
OPERATIONS: dict[str, list[str]] = {}  # module: the types of the operations that it defines
for _line in _FILES.replace("\n  ", " ").strip().split("\n"):
    _file, _names = _line.split(":")
    for _table, _part in zip((FUNCTIONS, OPERATIONS), _names.split("|")):
        if _part.strip():
            _table[f"minigraph.{_file}"] = _part.split()

__getattr__, __dir__, _ = attach(__name__, FUNCTIONS)
