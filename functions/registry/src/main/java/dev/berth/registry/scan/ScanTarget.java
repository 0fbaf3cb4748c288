package dev.berth.registry.scan;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;

/** An image that is to be scanned. */
public record ScanTarget(String account, RepositoryName repository, Digest digest) {}
