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
from minigraph.queues.coordinator import Coordinator, LooperThread
from minigraph.train.adadelta import AdadeltaOptimizer
from minigraph.train.adagrad import AdagradOptimizer
from minigraph.train.adagrad_da import AdagradDAOptimizer
from minigraph.train.adam import AdamOptimizer
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
    "CheckpointSaverHook",
    "CheckpointSaverListener",
    "ChiefSessionCreator",
    "Coordinator",
    "ExponentialMovingAverage",
    "FeedFnHook",
    "FinalOpsHook",
    "FtrlOptimizer",
    "GlobalStepWaiterHook",
    "GradientDescentOptimizer",
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
    "RMSPropOptimizer",
    "Saver",
    "SaverDef",
    "Scaffold",
    "SecondOrStepTimer",
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
    "WorkerSessionCreator",
    "assert_global_step",
    "checkpoint_exists",
    "convert_checkpoint",
    "cosine_decay",
    "cosine_decay_restarts",
    "create_global_step",
    "exponential_decay",
    "generate_checkpoint_state_proto",
    "get_checkpoint_mtimes",
    "get_checkpoint_state",
    "get_global_step",
    "get_or_create_global_step",
    "global_step",
    "inverse_time_decay",
    "latest_checkpoint",
    "linear_cosine_decay",
    "list_variables",
    "load_checkpoint",
    "load_variable",
    "natural_exp_decay",
    "noisy_linear_cosine_decay",
    "piecewise_constant",
    "piecewise_constant_decay",
    "polynomial_decay",
    "remove_checkpoint",
    "update_checkpoint_state",
]
