package dev.berth.registry.replication;

import dev.berth.registry.image.ImageReader;
import dev.berth.registry.image.Referrers;

/**
 * What a deployment replicates from.
 *
 * @param layers shared by all attempts
 */
public record ImageSource(ImageReader images, Referrers referrers, LayerSending layers) {}
