package dev.berth.core.scan;

/**
 * What an image says that it is (os-release(5), or a distribution's older files).
 *
 * @param id {@code ID} of os-release, in lower case: {@code debian}, {@code amzn}, {@code ol}
 * @param version {@code VERSION_ID}; empty for a rolling release
 */
public record OperatingSystem(String id, String version) {}
