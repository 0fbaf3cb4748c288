package dev.berth.core.sigv4;

import java.util.function.Predicate;

/**
 * What a request's credential must be scoped to.
 *
 * @param service as in the scope: {@code ecr}
 * @param regions whether a region is one that this deployment serves
 */
public record ExpectedScope(String service, Predicate<String> regions) {}
