# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.checkpoints.convert import convert_checkpoint
from minigraph.checkpoints.reader import NewCheckpointReader, list_variables, load_checkpoint, load_variable
from minigraph.checkpoints.state import (
    checkpoint_exists,
    generate_checkpoint_state_proto,
    get_checkpoint_mtimes,
    get_checkpoint_state,
    latest_checkpoint,
    remove_checkpoint,
    update_checkpoint_state,
)
from minigraph.distributed.cluster_spec import ClusterSpec
from minigraph.distributed.device_setter import replica_device_setter
from minigraph.distributed.server import Server
from minigraph.distributed.sync_replicas import SyncReplicasOptimizer
from minigraph.interop.write_graph import write_graph
from minigraph.monitored.hook import SessionRunArgs, SessionRunContext, SessionRunHook, SessionRunValues
from minigraph.monitored.monitored_session import MonitoredSession, MonitoredTrainingSession, SingularMonitoredSession
from minigraph.monitored.saving_hooks import (
    CheckpointSaverHook,
    CheckpointSaverListener,
    ProfilerHook,
    SummarySaverHook,
)
from minigraph.monitored.scaffold import Scaffold
from minigraph.monitored.session_creators import ChiefSessionCreator, SessionCreator, WorkerSessionCreator
from minigraph.monitored.session_manager import SessionManager
from minigraph.monitored.step_hooks import GlobalStepWaiterHook, StepCounterHook, StopAtStepHook
from minigraph.monitored.supervisor import Supervisor
from minigraph.monitored.timers import SecondOrStepTimer
from minigraph.monitored.value_hooks import (
    FeedFnHook,
    FinalOpsHook,
    LoggingTensorHook,
    NanLossDuringTrainingError,
    NanTensorHook,
)
from minigraph.queues.batching import (
    batch,
    batch_join,
    maybe_batch,
    maybe_batch_join,
    maybe_shuffle_batch,
    maybe_shuffle_batch_join,
    shuffle_batch,
    shuffle_batch_join,
)
from minigraph.queues.coordinator import Coordinator, LooperThread
from minigraph.queues.producers import (
    input_producer,
    limit_epochs,
    match_filenames_once,
    range_input_producer,
    slice_input_producer,
    string_input_producer,
)
from minigraph.queues.queue_runner import QueueRunner, add_queue_runner, start_queue_runners
from minigraph.records.example import BytesList, Example, Feature, Features, FloatList, Int64List
from minigraph.records.sequence_example import FeatureList, FeatureLists, SequenceExample
from minigraph.summary.reading import summary_iterator
from minigraph.train.adadelta import AdadeltaOptimizer
from minigraph.train.adagrad import AdagradOptimizer
from minigraph.train.adagrad_da import AdagradDAOptimizer
from minigraph.train.adam import AdamOptimizer
from minigraph.train.from_checkpoint import init_from_checkpoint
from minigraph.train.ftrl import FtrlOptimizer
from minigraph.train.gradient_descent import GradientDescentOptimizer
from minigraph.train.learning_rate_decay import (
    cosine_decay,
    cosine_decay_restarts,
    exponential_decay,
    inverse_time_decay,
    linear_cosine_decay,
    natural_exp_decay,
    noisy_linear_cosine_decay,
    piecewise_constant,
    piecewise_constant_decay,
    polynomial_decay,
)
from minigraph.train.meta_graph_export import export_meta_graph
from minigraph.train.meta_graph_import import import_meta_graph
from minigraph.train.momentum import MomentumOptimizer
from minigraph.train.moving_averages import ExponentialMovingAverage
from minigraph.train.optimizer import Optimizer
from minigraph.train.proximal import ProximalAdagradOptimizer, ProximalGradientDescentOptimizer
from minigraph.train.rmsprop import RMSPropOptimizer
from minigraph.train.saver import Saver
from minigraph.train.saver_def import SaverDef
from minigraph.train.training_util import (
    assert_global_step,
    create_global_step,
    get_global_step,
    get_or_create_global_step,
    global_step,
)

__all__ = [
    "AdadeltaOptimizer",
    "AdagradDAOptimizer",
    "AdagradOptimizer",
    "AdamOptimizer",
    "BytesList",
    "CheckpointSaverHook",
    "CheckpointSaverListener",
    "ChiefSessionCreator",
    "ClusterSpec",
    "Coordinator",
    "Example",
    "ExponentialMovingAverage",
    "Feature",
    "FeatureList",
    "FeatureLists",
    "Features",
    "FeedFnHook",
    "FinalOpsHook",
    "FloatList",
    "FtrlOptimizer",
    "GlobalStepWaiterHook",
    "GradientDescentOptimizer",
    "Int64List",
    "LoggingTensorHook",
    "LooperThread",
    "MomentumOptimizer",
    "MonitoredSession",
    "MonitoredTrainingSession",
    "NanLossDuringTrainingError",
    "NanTensorHook",
    "NewCheckpointReader",
    "Optimizer",
    "ProfilerHook",
    "ProximalAdagradOptimizer",
    "ProximalGradientDescentOptimizer",
    "QueueRunner",
    "RMSPropOptimizer",
    "Saver",
    "SaverDef",
    "Scaffold",
    "SecondOrStepTimer",
    "SequenceExample",
    "Server",
    "SessionCreator",
    "SessionManager",
    "SessionRunArgs",
    "SessionRunContext",
    "SessionRunHook",
    "SessionRunValues",
    "SingularMonitoredSession",
    "StepCounterHook",
    "StopAtStepHook",
    "SummarySaverHook",
    "Supervisor",
    "SyncReplicasOptimizer",
    "WorkerSessionCreator",
    "add_queue_runner",
    "assert_global_step",
    "batch",
    "batch_join",
    "checkpoint_exists",
    "convert_checkpoint",
    "cosine_decay",
    "cosine_decay_restarts",
    "create_global_step",
    "exponential_decay",
    "export_meta_graph",
    "generate_checkpoint_state_proto",
    "get_checkpoint_mtimes",
    "get_checkpoint_state",
    "get_global_step",
    "get_or_create_global_step",
    "global_step",
    "import_meta_graph",
    "init_from_checkpoint",
    "input_producer",
    "inverse_time_decay",
    "latest_checkpoint",
    "limit_epochs",
    "linear_cosine_decay",
    "list_variables",
    "load_checkpoint",
    "load_variable",
    "match_filenames_once",
    "maybe_batch",
    "maybe_batch_join",
    "maybe_shuffle_batch",
    "maybe_shuffle_batch_join",
    "natural_exp_decay",
    "noisy_linear_cosine_decay",
    "piecewise_constant",
    "piecewise_constant_decay",
    "polynomial_decay",
    "range_input_producer",
    "remove_checkpoint",
    "replica_device_setter",
    "shuffle_batch",
    "shuffle_batch_join",
    "slice_input_producer",
    "start_queue_runners",
    "string_input_producer",
    "summary_iterator",
    "update_checkpoint_state",
    "write_graph",
]
