"""`tf.saved_model`: a trained graph in a folder, with its variables and the names of what goes in and comes out."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        __name__: "builder constants main_op signature_constants signature_def_utils tag_constants utils".split(),
        "minigraph.saved_model.builder": ["Builder=SavedModelBuilder"],
        "minigraph.saved_model.constants": """
            ASSETS_DIRECTORY ASSETS_KEY LEGACY_INIT_OP_KEY MAIN_OP_KEY SAVED_MODEL_FILENAME_PB
            SAVED_MODEL_FILENAME_PBTXT SAVED_MODEL_SCHEMA_VERSION VARIABLES_DIRECTORY VARIABLES_FILENAME
        """.split(),
        "minigraph.saved_model.main_op": ["main_op_with_restore"],
        "minigraph.saved_model.saving": ["simple_save"],
        "minigraph.saved_model.signature_constants": """
            CLASSIFY_INPUTS CLASSIFY_METHOD_NAME CLASSIFY_OUTPUT_CLASSES CLASSIFY_OUTPUT_SCORES
            DEFAULT_SERVING_SIGNATURE_DEF_KEY PREDICT_INPUTS PREDICT_METHOD_NAME PREDICT_OUTPUTS REGRESS_INPUTS
            REGRESS_METHOD_NAME REGRESS_OUTPUTS
        """.split(),
        "minigraph.saved_model.signature_def_utils": """
            build_signature_def classification_signature_def is_valid_signature predict_signature_def
            regression_signature_def
        """.split(),
        "minigraph.saved_model.tag_constants": "GPU SERVING TPU TRAINING".split(),
        "minigraph.saved_model.utils": "build_tensor_info get_tensor_from_tensor_info".split(),
    },
    absent(__name__),
)
