# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph import (
    app,
    bitwise,
    compat,
    contrib,
    data,
    debugging,
    distributions,
    dtypes,
    explain as explain,
    flags,
    gfile,
    graph_util,
    image,
    initializers,
    io,
    layers,
    linalg,
    logging,
    lookup,
    losses,
    manip,
    math,
    metrics,
    nest,
    nn,
    python_io,
    queue,
    random,
    saved_model,
    sparse,
    strings,
    summary,
    test,
    train,
    viz as viz,
)
from minigraph.alias.modules import install_as_tensorflow
from minigraph.autodiff.backward import gradients
from minigraph.autodiff.custom_gradient import custom_gradient
from minigraph.autodiff.hessians import hessians
from minigraph.autodiff.options import AggregationMethod, UnconnectedGradients
from minigraph.graph import errors
from minigraph.graph.behavior import (
    disable_control_flow_v2,
    disable_eager_execution,
    disable_tensor_equality,
    disable_v2_behavior,
    disable_v2_tensorshape,
    enable_control_flow_v2,
    executing_eagerly,
)
from minigraph.graph.collections import (
    GraphKeys,
    add_to_collection,
    add_to_collections,
    get_collection,
    get_collection_ref,
)
from minigraph.graph.constant_value import constant_value as get_static_value
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph, reset_default_graph
from minigraph.graph.dtypes import (
    DType,
    as_dtype,
    bfloat16,
    bool_ as bool,
    complex128,
    complex64,
    double,
    float16,
    float32,
    float64,
    half,
    int16,
    int32,
    int64,
    int8,
    qint16,
    qint32,
    qint8,
    quint16,
    quint8,
    resource,
    string,
    uint16,
    uint32,
    uint64,
    uint8,
    variant,
)
from minigraph.graph.errors import GraphWarning, OpError
from minigraph.graph.graph import Graph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.protos import (
    AttrValue,
    Event,
    GraphDef,
    HistogramProto,
    LogMessage,
    MetaGraphDef,
    NameAttrList,
    NodeDef,
    SessionLog,
    Summary,
    SummaryMetadata,
    TensorInfo,
)
from minigraph.graph.register_conversion import register_tensor_conversion_function
from minigraph.graph.register_gradient import (
    NoGradient,
    NotDifferentiable,
    NotDifferentiable as no_gradient,
    RegisterGradient,
)
from minigraph.graph.scopes import colocate_with, container, control_dependencies, device, init_scope, name_scope
from minigraph.graph.seeds import get_seed, set_random_seed
from minigraph.graph.session_for import get_default_session
from minigraph.graph.shapes import Dimension, TensorShape, dimension_value
from minigraph.graph.sparse_tensor import SparseTensorValue, convert_to_tensor_or_sparse_tensor
from minigraph.graph.tensor_like import is_tensor
from minigraph.graph.tensor_protos import make_ndarray, make_tensor_proto
from minigraph.graph.tracebacks import set_traceback
from minigraph.interop.import_graph_def import import_graph_def
from minigraph.metrics.confusion_matrix import confusion_matrix
from minigraph.ops.arrays.bitcast import bitcast
from minigraph.ops.arrays.bounds import searchsorted
from minigraph.ops.arrays.broadcast import broadcast_dynamic_shape, broadcast_static_shape, broadcast_to
from minigraph.ops.arrays.cast import cast
from minigraph.ops.arrays.concat import concat
from minigraph.ops.arrays.constant import constant
from minigraph.ops.arrays.depth_space import depth_to_space, space_to_depth
from minigraph.ops.arrays.ensure_shape import ensure_shape
from minigraph.ops.arrays.expand_dims import expand_dims, squeeze
from minigraph.ops.arrays.fill import fill, ones, zeros
from minigraph.ops.arrays.filled_like import ones_like, zeros_like
from minigraph.ops.arrays.identity import identity
from minigraph.ops.arrays.identity_n import identity_n
from minigraph.ops.arrays.meshgrid import meshgrid
from minigraph.ops.arrays.older_casts import (
    to_bfloat16,
    to_complex128,
    to_complex64,
    to_double,
    to_float,
    to_int32,
    to_int64,
)
from minigraph.ops.arrays.one_hot import one_hot
from minigraph.ops.arrays.pad import pad
from minigraph.ops.arrays.parallel_stack import parallel_stack
from minigraph.ops.arrays.placeholder import placeholder
from minigraph.ops.arrays.placeholder_with_default import placeholder_with_default
from minigraph.ops.arrays.ranges import lin_space, linspace, range
from minigraph.ops.arrays.reshape import reshape
from minigraph.ops.arrays.reverse import reverse, reverse_v2
from minigraph.ops.arrays.reverse_sequence import reverse_sequence
from minigraph.ops.arrays.roll import roll
from minigraph.ops.arrays.shape_ops import shape
from minigraph.ops.arrays.size_ops import rank, shape_n, size
from minigraph.ops.arrays.slices import newaxis, slice, strided_slice
from minigraph.ops.arrays.space_to_batch import batch_to_space_nd, required_space_to_batch_paddings, space_to_batch_nd
from minigraph.ops.arrays.split import split
from minigraph.ops.arrays.stack import stack
from minigraph.ops.arrays.stop_gradient import stop_gradient
from minigraph.ops.arrays.tile import tile
from minigraph.ops.arrays.transpose import invert_permutation, matrix_transpose, transpose
from minigraph.ops.arrays.unique import setdiff1d, unique, unique_with_counts
from minigraph.ops.arrays.unravel_index import unravel_index
from minigraph.ops.arrays.unstack import unstack
from minigraph.ops.arrays.where import where
from minigraph.ops.arrays.where_v2 import where_v2
from minigraph.ops.check_numerics import add_check_numerics_ops, check_numerics, verify_tensor_all_finite
from minigraph.ops.control.assert_scalar import assert_scalar
from minigraph.ops.control.assertions import (
    Assert,
    assert_equal,
    assert_greater,
    assert_greater_equal,
    assert_integer,
    assert_less,
    assert_less_equal,
    assert_negative,
    assert_non_negative,
    assert_non_positive,
    assert_none_equal,
    assert_positive,
    assert_type,
    is_non_decreasing,
    is_numeric_tensor,
    is_strictly_increasing,
)
from minigraph.ops.control.case import case
from minigraph.ops.control.cond import cond
from minigraph.ops.control.float_assertions import assert_near, assert_proper_iterable, assert_same_float_dtype
from minigraph.ops.control.group import group, no_op, tuple
from minigraph.ops.control.rank_assertions import assert_rank, assert_rank_at_least, assert_rank_in
from minigraph.ops.control.while_loop import while_loop
from minigraph.ops.images.patches import extract_image_patches
from minigraph.ops.io.decoding import decode_csv, decode_raw, string_to_number
from minigraph.ops.io.examples import parse_example, parse_single_example
from minigraph.ops.io.features import FixedLenFeature, FixedLenSequenceFeature, SparseFeature, VarLenFeature
from minigraph.ops.io.files import matching_files, read_file, write_file
from minigraph.ops.io.sequence_examples import parse_single_sequence_example
from minigraph.ops.linalg.cross import cross
from minigraph.ops.linalg.diag import (
    diag,
    diag_part,
    eye,
    matrix_band_part,
    matrix_diag,
    matrix_diag_part,
    matrix_set_diag,
    trace,
)
from minigraph.ops.linalg.eigen import self_adjoint_eig, self_adjoint_eigvals
from minigraph.ops.linalg.einsum import einsum
from minigraph.ops.linalg.matmul import matmul
from minigraph.ops.linalg.norm import norm
from minigraph.ops.linalg.solvers import (
    cholesky,
    matrix_determinant,
    matrix_inverse,
    matrix_solve,
    matrix_triangular_solve,
    qr,
)
from minigraph.ops.linalg.svd import svd
from minigraph.ops.linalg.tensordot import tensordot
from minigraph.ops.lists.folds import foldl, foldr
from minigraph.ops.lists.map_fn import map_fn
from minigraph.ops.lists.scan import scan
from minigraph.ops.lists.tensor_array import TensorArray
from minigraph.ops.math.add_n import accumulate_n, add_n
from minigraph.ops.math.arithmetic import add, multiply, subtract
from minigraph.ops.math.clip import clip_by_average_norm, clip_by_norm, clip_by_value, saturate_cast
from minigraph.ops.math.clip_by_global_norm import clip_by_global_norm
from minigraph.ops.math.comparison import (
    equal,
    greater,
    greater_equal,
    less,
    less_equal,
    logical_and,
    logical_not,
    logical_or,
    logical_xor,
    not_equal,
)
from minigraph.ops.math.complex_numbers import angle, complex, imag, real
from minigraph.ops.math.conj import conj
from minigraph.ops.math.cumulative import cumprod, cumsum
from minigraph.ops.math.division import divide, floor_div, floordiv, realdiv, truediv
from minigraph.ops.math.exponential import exp, expm1, log, log1p
from minigraph.ops.math.global_norm import global_norm
from minigraph.ops.math.histograms import bincount, histogram_fixed_width, histogram_fixed_width_bins
from minigraph.ops.math.hyperbolic import acosh, asinh, atanh, cosh, sinh, tanh
from minigraph.ops.math.incomplete import betainc, igamma, igammac, lbeta, zeta
from minigraph.ops.math.maximum_minimum import maximum, minimum
from minigraph.ops.math.modulo import div, floormod, mod, truncatediv, truncatemod
from minigraph.ops.math.moments import count_nonzero, reduce_logsumexp
from minigraph.ops.math.negative import negative
from minigraph.ops.math.no_nan import div_no_nan
from minigraph.ops.math.pow import pow
from minigraph.ops.math.powers import sqrt, square
from minigraph.ops.math.reciprocal import reciprocal, rsqrt
from minigraph.ops.math.reduce_max_min import (
    arg_max,
    arg_min,
    argmax,
    argmin,
    reduce_all,
    reduce_any,
    reduce_max,
    reduce_min,
)
from minigraph.ops.math.reductions import reduce_mean, reduce_prod, reduce_sum
from minigraph.ops.math.rounding import ceil, floor, is_finite, is_inf, is_nan, rint, round
from minigraph.ops.math.scalar_mul import scalar_mul
from minigraph.ops.math.segments import (
    segment_max,
    segment_mean,
    segment_min,
    segment_prod,
    segment_sum,
    unsorted_segment_max,
    unsorted_segment_mean,
    unsorted_segment_min,
    unsorted_segment_prod,
    unsorted_segment_sqrt_n,
    unsorted_segment_sum,
)
from minigraph.ops.math.sigmoid import sigmoid
from minigraph.ops.math.signs import abs, sign
from minigraph.ops.math.sparse_segments import sparse_segment_mean, sparse_segment_sqrt_n, sparse_segment_sum
from minigraph.ops.math.special import digamma, erf, erfc, lgamma, polygamma
from minigraph.ops.math.squared_difference import squared_difference
from minigraph.ops.math.trigonometry import acos, asin, atan, atan2, cos, sin, tan
from minigraph.ops.nn.activations import log_sigmoid
from minigraph.ops.nn.sorting import argsort, sort
from minigraph.ops.print_v2 import print_v2 as print
from minigraph.ops.printing import Print
from minigraph.ops.py_func import py_func
from minigraph.ops.random.gamma import random_gamma, random_poisson
from minigraph.ops.random.multinomial import multinomial
from minigraph.ops.random.normal import random_normal, truncated_normal
from minigraph.ops.random.shuffle import random_crop, random_shuffle
from minigraph.ops.random.uniform import random_uniform
from minigraph.ops.rows.boolean_mask import boolean_mask
from minigraph.ops.rows.dynamic_partition import dynamic_partition, dynamic_stitch
from minigraph.ops.rows.gather import batch_gather, gather, gather_nd
from minigraph.ops.rows.repeat import repeat
from minigraph.ops.rows.scatter_nd import (
    scatter_nd,
    tensor_scatter_add,
    tensor_scatter_add as tensor_scatter_nd_add,
    tensor_scatter_sub,
    tensor_scatter_sub as tensor_scatter_nd_sub,
    tensor_scatter_update,
)
from minigraph.ops.rows.sequence_mask import sequence_mask
from minigraph.ops.rows.sparse_to_dense import sparse_to_dense
from minigraph.ops.sparse.arithmetic import sparse_add, sparse_maximum, sparse_minimum
from minigraph.ops.sparse.conversions import (
    sparse_merge,
    sparse_placeholder,
    sparse_tensor_to_dense,
    sparse_to_indicator,
)
from minigraph.ops.sparse.dense_arithmetic import SparseTensor
from minigraph.ops.sparse.edit_distance import edit_distance
from minigraph.ops.sparse.joining import sparse_concat, sparse_slice, sparse_split
from minigraph.ops.sparse.matmul import sparse_tensor_dense_matmul
from minigraph.ops.sparse.ordering import sparse_reorder, sparse_reshape, sparse_transpose
from minigraph.ops.sparse.reductions import (
    sparse_reduce_max,
    sparse_reduce_max_sparse,
    sparse_reduce_sum,
    sparse_reduce_sum_sparse,
    sparse_softmax,
)
from minigraph.ops.sparse.rows import sparse_fill_empty_rows, sparse_mask, sparse_reset_shape, sparse_retain
from minigraph.ops.strings.formats import (
    as_string,
    decode_base64,
    encode_base64,
    string_to_hash_bucket,
    string_to_hash_bucket_fast,
    string_to_hash_bucket_strong,
)
from minigraph.ops.strings.join import string_join
from minigraph.ops.strings.parts import string_strip, substr
from minigraph.ops.strings.reduce_join import reduce_join
from minigraph.ops.strings.regex import regex_replace
from minigraph.ops.strings.splitting import string_split
from minigraph.ops.variables.assign import assign, assign_add, assign_sub
from minigraph.ops.variables.count_up_to import count_up_to
from minigraph.ops.variables.is_initialized import is_variable_initialized
from minigraph.ops.variables.scatter import (
    scatter_add,
    scatter_div,
    scatter_max,
    scatter_min,
    scatter_mul,
    scatter_nd_add,
    scatter_nd_sub,
    scatter_nd_update,
    scatter_sub,
    scatter_update,
)
from minigraph.queues.accumulators import (
    ConditionalAccumulator,
    ConditionalAccumulatorBase,
    SparseConditionalAccumulator,
)
from minigraph.queues.kinds_of_queue import FIFOQueue, PaddingFIFOQueue, PriorityQueue, RandomShuffleQueue
from minigraph.queues.queue_base import QueueBase
from minigraph.queues.reader_base import (
    FixedLengthRecordReader,
    IdentityReader,
    ReaderBase,
    TFRecordReader,
    TextLineReader,
    WholeFileReader,
)
from minigraph.runtime.config import ConfigProto, GPUOptions, GraphOptions, OptimizerOptions
from minigraph.runtime.interactive import InteractiveSession
from minigraph.runtime.run_options import RunMetadata, RunOptions
from minigraph.runtime.session import Session
from minigraph.variables.collections import (
    all_variables,
    global_variables,
    local_variables,
    model_variables,
    moving_average_variables,
    trainable_variables,
)
from minigraph.variables.get_variable import get_local_variable, get_variable
from minigraph.variables.initialize import (
    global_variables_initializer,
    initialize_all_variables,
    initialize_local_variables,
    initialize_variables,
    local_variables_initializer,
    tables_initializer,
    tables_initializer as initialize_all_tables,
    variables_initializer,
)
from minigraph.variables.initializers.constant import constant_initializer, ones_initializer, zeros_initializer
from minigraph.variables.initializers.matrices import orthogonal_initializer
from minigraph.variables.initializers.random import (
    random_normal_initializer,
    random_uniform_initializer,
    truncated_normal_initializer,
    uniform_unit_scaling_initializer,
)
from minigraph.variables.initializers.variance_scaling import (
    glorot_normal_initializer,
    glorot_uniform_initializer,
    variance_scaling_initializer,
)
from minigraph.variables.modes import VariableAggregation, VariableSynchronization
from minigraph.variables.partitioned import create_partitioned_variables
from minigraph.variables.partitioners import (
    fixed_size_partitioner,
    min_max_variable_partitioner,
    variable_axis_size_partitioner,
)
from minigraph.variables.resource_switch import (
    disable_resource_variables,
    enable_resource_variables,
    resource_variables_enabled,
)
from minigraph.variables.scope import AUTO_REUSE, VariableScope, get_variable_scope, no_regularizer
from minigraph.variables.template import make_template
from minigraph.variables.uninitialized import assert_variables_initialized, report_uninitialized_variables
from minigraph.variables.variable import Variable
from minigraph.variables.variable_scope import variable_op_scope, variable_scope

__version__: str

__all__ = [
    "AUTO_REUSE",
    "AggregationMethod",
    "Assert",
    "AttrValue",
    "ConditionalAccumulator",
    "ConditionalAccumulatorBase",
    "ConfigProto",
    "DType",
    "Dimension",
    "Event",
    "FIFOQueue",
    "FixedLenFeature",
    "FixedLenSequenceFeature",
    "FixedLengthRecordReader",
    "GPUOptions",
    "Graph",
    "GraphDef",
    "GraphKeys",
    "GraphOptions",
    "GraphWarning",
    "HistogramProto",
    "IdentityReader",
    "IndexedSlices",
    "InteractiveSession",
    "LogMessage",
    "MetaGraphDef",
    "NameAttrList",
    "NoGradient",
    "NodeDef",
    "NotDifferentiable",
    "OpError",
    "Operation",
    "OptimizerOptions",
    "PaddingFIFOQueue",
    "Print",
    "PriorityQueue",
    "QueueBase",
    "RandomShuffleQueue",
    "ReaderBase",
    "RegisterGradient",
    "RunMetadata",
    "RunOptions",
    "Session",
    "SessionLog",
    "SparseConditionalAccumulator",
    "SparseFeature",
    "SparseTensor",
    "SparseTensorValue",
    "Summary",
    "SummaryMetadata",
    "TFRecordReader",
    "Tensor",
    "TensorArray",
    "TensorInfo",
    "TensorShape",
    "TextLineReader",
    "UnconnectedGradients",
    "VarLenFeature",
    "Variable",
    "VariableAggregation",
    "VariableScope",
    "VariableSynchronization",
    "WholeFileReader",
    "abs",
    "accumulate_n",
    "acos",
    "acosh",
    "add",
    "add_check_numerics_ops",
    "add_n",
    "add_to_collection",
    "add_to_collections",
    "all_variables",
    "angle",
    "app",
    "arg_max",
    "arg_min",
    "argmax",
    "argmin",
    "argsort",
    "as_dtype",
    "as_string",
    "asin",
    "asinh",
    "assert_equal",
    "assert_greater",
    "assert_greater_equal",
    "assert_integer",
    "assert_less",
    "assert_less_equal",
    "assert_near",
    "assert_negative",
    "assert_non_negative",
    "assert_non_positive",
    "assert_none_equal",
    "assert_positive",
    "assert_proper_iterable",
    "assert_rank",
    "assert_rank_at_least",
    "assert_rank_in",
    "assert_same_float_dtype",
    "assert_scalar",
    "assert_type",
    "assert_variables_initialized",
    "assign",
    "assign_add",
    "assign_sub",
    "atan",
    "atan2",
    "atanh",
    "batch_gather",
    "batch_to_space_nd",
    "betainc",
    "bfloat16",
    "bincount",
    "bitcast",
    "bitwise",
    "bool",
    "boolean_mask",
    "broadcast_dynamic_shape",
    "broadcast_static_shape",
    "broadcast_to",
    "case",
    "cast",
    "ceil",
    "check_numerics",
    "cholesky",
    "clip_by_average_norm",
    "clip_by_global_norm",
    "clip_by_norm",
    "clip_by_value",
    "colocate_with",
    "compat",
    "complex",
    "complex128",
    "complex64",
    "concat",
    "cond",
    "confusion_matrix",
    "conj",
    "constant",
    "constant_initializer",
    "container",
    "contrib",
    "control_dependencies",
    "convert_to_tensor",
    "convert_to_tensor_or_sparse_tensor",
    "cos",
    "cosh",
    "count_nonzero",
    "count_up_to",
    "create_partitioned_variables",
    "cross",
    "cumprod",
    "cumsum",
    "custom_gradient",
    "data",
    "debugging",
    "decode_base64",
    "decode_csv",
    "decode_raw",
    "depth_to_space",
    "device",
    "diag",
    "diag_part",
    "digamma",
    "dimension_value",
    "disable_control_flow_v2",
    "disable_eager_execution",
    "disable_resource_variables",
    "disable_tensor_equality",
    "disable_v2_behavior",
    "disable_v2_tensorshape",
    "distributions",
    "div",
    "div_no_nan",
    "divide",
    "double",
    "dtypes",
    "dynamic_partition",
    "dynamic_stitch",
    "edit_distance",
    "einsum",
    "enable_control_flow_v2",
    "enable_resource_variables",
    "encode_base64",
    "ensure_shape",
    "equal",
    "erf",
    "erfc",
    "errors",
    "executing_eagerly",
    "exp",
    "expand_dims",
    "expm1",
    "extract_image_patches",
    "eye",
    "fill",
    "fixed_size_partitioner",
    "flags",
    "float16",
    "float32",
    "float64",
    "floor",
    "floor_div",
    "floordiv",
    "floormod",
    "foldl",
    "foldr",
    "gather",
    "gather_nd",
    "get_collection",
    "get_collection_ref",
    "get_default_graph",
    "get_default_session",
    "get_local_variable",
    "get_seed",
    "get_static_value",
    "get_variable",
    "get_variable_scope",
    "gfile",
    "global_norm",
    "global_variables",
    "global_variables_initializer",
    "glorot_normal_initializer",
    "glorot_uniform_initializer",
    "gradients",
    "graph_util",
    "greater",
    "greater_equal",
    "group",
    "half",
    "hessians",
    "histogram_fixed_width",
    "histogram_fixed_width_bins",
    "identity",
    "identity_n",
    "igamma",
    "igammac",
    "imag",
    "image",
    "import_graph_def",
    "init_scope",
    "initialize_all_tables",
    "initialize_all_variables",
    "initialize_local_variables",
    "initialize_variables",
    "initializers",
    "install_as_tensorflow",
    "int16",
    "int32",
    "int64",
    "int8",
    "invert_permutation",
    "io",
    "is_finite",
    "is_inf",
    "is_nan",
    "is_non_decreasing",
    "is_numeric_tensor",
    "is_strictly_increasing",
    "is_tensor",
    "is_variable_initialized",
    "layers",
    "lbeta",
    "less",
    "less_equal",
    "lgamma",
    "lin_space",
    "linalg",
    "linspace",
    "local_variables",
    "local_variables_initializer",
    "log",
    "log1p",
    "log_sigmoid",
    "logging",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "lookup",
    "losses",
    "make_ndarray",
    "make_template",
    "make_tensor_proto",
    "manip",
    "map_fn",
    "matching_files",
    "math",
    "matmul",
    "matrix_band_part",
    "matrix_determinant",
    "matrix_diag",
    "matrix_diag_part",
    "matrix_inverse",
    "matrix_set_diag",
    "matrix_solve",
    "matrix_transpose",
    "matrix_triangular_solve",
    "maximum",
    "meshgrid",
    "metrics",
    "min_max_variable_partitioner",
    "minimum",
    "mod",
    "model_variables",
    "moving_average_variables",
    "multinomial",
    "multiply",
    "name_scope",
    "negative",
    "nest",
    "newaxis",
    "nn",
    "no_gradient",
    "no_op",
    "no_regularizer",
    "norm",
    "not_equal",
    "one_hot",
    "ones",
    "ones_initializer",
    "ones_like",
    "orthogonal_initializer",
    "pad",
    "parallel_stack",
    "parse_example",
    "parse_single_example",
    "parse_single_sequence_example",
    "placeholder",
    "placeholder_with_default",
    "polygamma",
    "pow",
    "print",
    "py_func",
    "python_io",
    "qint16",
    "qint32",
    "qint8",
    "qr",
    "queue",
    "quint16",
    "quint8",
    "random",
    "random_crop",
    "random_gamma",
    "random_normal",
    "random_normal_initializer",
    "random_poisson",
    "random_shuffle",
    "random_uniform",
    "random_uniform_initializer",
    "range",
    "rank",
    "read_file",
    "real",
    "realdiv",
    "reciprocal",
    "reduce_all",
    "reduce_any",
    "reduce_join",
    "reduce_logsumexp",
    "reduce_max",
    "reduce_mean",
    "reduce_min",
    "reduce_prod",
    "reduce_sum",
    "regex_replace",
    "register_tensor_conversion_function",
    "repeat",
    "report_uninitialized_variables",
    "required_space_to_batch_paddings",
    "reset_default_graph",
    "reshape",
    "resource",
    "resource_variables_enabled",
    "reverse",
    "reverse_sequence",
    "reverse_v2",
    "rint",
    "roll",
    "round",
    "rsqrt",
    "saturate_cast",
    "saved_model",
    "scalar_mul",
    "scan",
    "scatter_add",
    "scatter_div",
    "scatter_max",
    "scatter_min",
    "scatter_mul",
    "scatter_nd",
    "scatter_nd_add",
    "scatter_nd_sub",
    "scatter_nd_update",
    "scatter_sub",
    "scatter_update",
    "searchsorted",
    "segment_max",
    "segment_mean",
    "segment_min",
    "segment_prod",
    "segment_sum",
    "self_adjoint_eig",
    "self_adjoint_eigvals",
    "sequence_mask",
    "set_random_seed",
    "set_traceback",
    "setdiff1d",
    "shape",
    "shape_n",
    "sigmoid",
    "sign",
    "sin",
    "sinh",
    "size",
    "slice",
    "sort",
    "space_to_batch_nd",
    "space_to_depth",
    "sparse",
    "sparse_add",
    "sparse_concat",
    "sparse_fill_empty_rows",
    "sparse_mask",
    "sparse_maximum",
    "sparse_merge",
    "sparse_minimum",
    "sparse_placeholder",
    "sparse_reduce_max",
    "sparse_reduce_max_sparse",
    "sparse_reduce_sum",
    "sparse_reduce_sum_sparse",
    "sparse_reorder",
    "sparse_reset_shape",
    "sparse_reshape",
    "sparse_retain",
    "sparse_segment_mean",
    "sparse_segment_sqrt_n",
    "sparse_segment_sum",
    "sparse_slice",
    "sparse_softmax",
    "sparse_split",
    "sparse_tensor_dense_matmul",
    "sparse_tensor_to_dense",
    "sparse_to_dense",
    "sparse_to_indicator",
    "sparse_transpose",
    "split",
    "sqrt",
    "square",
    "squared_difference",
    "squeeze",
    "stack",
    "stop_gradient",
    "strided_slice",
    "string",
    "string_join",
    "string_split",
    "string_strip",
    "string_to_hash_bucket",
    "string_to_hash_bucket_fast",
    "string_to_hash_bucket_strong",
    "string_to_number",
    "strings",
    "substr",
    "subtract",
    "summary",
    "svd",
    "tables_initializer",
    "tan",
    "tanh",
    "tensor_scatter_add",
    "tensor_scatter_nd_add",
    "tensor_scatter_nd_sub",
    "tensor_scatter_sub",
    "tensor_scatter_update",
    "tensordot",
    "test",
    "tile",
    "to_bfloat16",
    "to_complex128",
    "to_complex64",
    "to_double",
    "to_float",
    "to_int32",
    "to_int64",
    "trace",
    "train",
    "trainable_variables",
    "transpose",
    "truediv",
    "truncated_normal",
    "truncated_normal_initializer",
    "truncatediv",
    "truncatemod",
    "tuple",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uniform_unit_scaling_initializer",
    "unique",
    "unique_with_counts",
    "unravel_index",
    "unsorted_segment_max",
    "unsorted_segment_mean",
    "unsorted_segment_min",
    "unsorted_segment_prod",
    "unsorted_segment_sqrt_n",
    "unsorted_segment_sum",
    "unstack",
    "variable_axis_size_partitioner",
    "variable_op_scope",
    "variable_scope",
    "variables_initializer",
    "variance_scaling_initializer",
    "variant",
    "verify_tensor_all_finite",
    "where",
    "where_v2",
    "while_loop",
    "write_file",
    "zeros",
    "zeros_initializer",
    "zeros_like",
    "zeta",
]
