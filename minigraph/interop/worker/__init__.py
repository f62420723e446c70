"""What runs in the process of TensorFlow: started as a folder, `python PATH/worker`, without MiniGraph."""
