"""Tests of the examination of a set-up."""
