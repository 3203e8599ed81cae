"""The distributed engine on real nodes, beside the embedded one."""
