package dev.berth.core.lifecycle;

import java.util.Optional;

/**
 * A rule of a lifecycle policy. Its action is to expire images, the only one that there is.
 *
 * @param priority at least 1, and no other rule's; the lowest number is evaluated first
 * @param selection the images that the rule is about
 * @param limit which of them expire
 */
public record LifecycleRule(
    int priority, Optional<String> description, TagSelection selection, ExpiryLimit limit) {}
