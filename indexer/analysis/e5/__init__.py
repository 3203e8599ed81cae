"""How is a text made into a vector, and fast? multilingual-e5-small on a CPU, in four steps.

`weights` maps the file of the model, `pieces` cuts a text, `graph` says what is computed (written
down by `onnx_file`), and `model` has it run.
"""
