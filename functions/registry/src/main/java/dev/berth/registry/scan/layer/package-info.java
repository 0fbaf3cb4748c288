/**
 * What the layers of an image say about its operating system and packages: read from each layer
 * once, and put together for an image. A layer's bytes are whatever somebody pushed, so all that is
 * read is bounded by {@link dev.berth.registry.scan.layer.LayerLimits}.
 */
package dev.berth.registry.scan.layer;
