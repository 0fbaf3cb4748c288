package dev.berth.registry.upload;

import dev.berth.core.oci.RepositoryName;

/**
 * Who uploads where. An upload belongs to the one who began it.
 *
 * @param account the registry's id
 * @param principalId the principal's unique id
 */
public record Uploader(String account, RepositoryName name, String principalId) {}
