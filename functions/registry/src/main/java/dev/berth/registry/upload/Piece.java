package dev.berth.registry.upload;

/**
 * A complete object.
 *
 * @param size in bytes
 */
record Piece(String key, long size) {}
