//! The record against its reviews, and its laws.
