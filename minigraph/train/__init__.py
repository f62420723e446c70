"""`tf.train`: optimizers, learning rates, moving averages, the global step."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.checkpoints.convert": ["convert_checkpoint"],
        "minigraph.checkpoints.reader": "NewCheckpointReader list_variables load_checkpoint load_variable".split(),
        "minigraph.checkpoints.state": """
            checkpoint_exists generate_checkpoint_state_proto get_checkpoint_mtimes get_checkpoint_state
            latest_checkpoint remove_checkpoint update_checkpoint_state
        """.split(),
        "minigraph.distributed.cluster_spec": ["ClusterSpec"],
        "minigraph.distributed.device_setter": ["replica_device_setter"],
        "minigraph.distributed.server": ["Server"],
        "minigraph.distributed.sync_replicas": ["SyncReplicasOptimizer"],
        "minigraph.interop.write_graph": ["write_graph"],
        "minigraph.monitored.hook": "SessionRunArgs SessionRunContext SessionRunHook SessionRunValues".split(),
        "minigraph.monitored.monitored_session": """
            MonitoredSession MonitoredTrainingSession SingularMonitoredSession
        """.split(),
        "minigraph.monitored.saving_hooks": """
            CheckpointSaverHook CheckpointSaverListener ProfilerHook SummarySaverHook
        """.split(),
        "minigraph.monitored.scaffold": ["Scaffold"],
        "minigraph.monitored.session_creators": "ChiefSessionCreator SessionCreator WorkerSessionCreator".split(),
        "minigraph.monitored.session_manager": ["SessionManager"],
        "minigraph.monitored.step_hooks": "GlobalStepWaiterHook StepCounterHook StopAtStepHook".split(),
        "minigraph.monitored.supervisor": ["Supervisor"],
        "minigraph.monitored.timers": ["SecondOrStepTimer"],
        "minigraph.monitored.value_hooks": """
            FeedFnHook FinalOpsHook LoggingTensorHook NanLossDuringTrainingError NanTensorHook
        """.split(),
        "minigraph.queues.batching": """
            batch batch_join maybe_batch maybe_batch_join maybe_shuffle_batch maybe_shuffle_batch_join shuffle_batch
            shuffle_batch_join
        """.split(),
        "minigraph.queues.coordinator": "Coordinator LooperThread".split(),
        "minigraph.queues.producers": """
            input_producer limit_epochs match_filenames_once range_input_producer slice_input_producer
            string_input_producer
        """.split(),
        "minigraph.queues.queue_runner": "QueueRunner add_queue_runner start_queue_runners".split(),
        "minigraph.records.example": "BytesList Example Feature Features FloatList Int64List".split(),
        "minigraph.records.sequence_example": "FeatureList FeatureLists SequenceExample".split(),
        "minigraph.summary.reading": ["summary_iterator"],
        "minigraph.train.adadelta": ["AdadeltaOptimizer"],
        "minigraph.train.adagrad": ["AdagradOptimizer"],
        "minigraph.train.adagrad_da": ["AdagradDAOptimizer"],
        "minigraph.train.adam": ["AdamOptimizer"],
        "minigraph.train.from_checkpoint": ["init_from_checkpoint"],
        "minigraph.train.ftrl": ["FtrlOptimizer"],
        "minigraph.train.gradient_descent": ["GradientDescentOptimizer"],
        "minigraph.train.learning_rate_decay": """
            cosine_decay cosine_decay_restarts exponential_decay inverse_time_decay linear_cosine_decay
            natural_exp_decay noisy_linear_cosine_decay piecewise_constant piecewise_constant_decay polynomial_decay
        """.split(),
        "minigraph.train.meta_graph_export": ["export_meta_graph"],
        "minigraph.train.meta_graph_import": ["import_meta_graph"],
        "minigraph.train.momentum": ["MomentumOptimizer"],
        "minigraph.train.moving_averages": ["ExponentialMovingAverage"],
        "minigraph.train.optimizer": ["Optimizer"],
        "minigraph.train.proximal": "ProximalAdagradOptimizer ProximalGradientDescentOptimizer".split(),
        "minigraph.train.rmsprop": ["RMSPropOptimizer"],
        "minigraph.train.saver": ["Saver"],
        "minigraph.train.saver_def": ["SaverDef"],
        "minigraph.train.training_util": """
            assert_global_step create_global_step get_global_step get_or_create_global_step global_step
        """.split(),
    },
    absent(__name__),
)
