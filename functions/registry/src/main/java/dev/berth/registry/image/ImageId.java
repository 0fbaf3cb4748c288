package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Tag;
import java.util.Optional;

/** An image under one of its names: a tag, or none where it has no tag. */
public record ImageId(Digest digest, Optional<Tag> tag) {}
