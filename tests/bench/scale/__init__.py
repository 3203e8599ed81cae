"""The embedded engine beside other engines, on the same passages with the same tokens."""
