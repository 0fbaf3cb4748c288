package dev.berth.registry.store;

/**
 * The primary key of an {@link Item}.
 *
 * @param partition the partition key: 1 to 2048 bytes of UTF-8 (DynamoDB's bound)
 * @param sort the sort key: 1 to 1024 bytes of UTF-8 (DynamoDB's bound)
 */
public record Key(String partition, String sort) {}
