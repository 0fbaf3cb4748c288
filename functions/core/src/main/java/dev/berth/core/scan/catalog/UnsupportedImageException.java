package dev.berth.core.scan.catalog;

import dev.berth.core.text.Excerpt;

/**
 * An image that cannot be scanned for what it is of. The message is the description that ECR gives
 * the failed scan (guide, "Troubleshooting image scanning"). An answer, not a fault, so without a
 * stack trace.
 */
public final class UnsupportedImageException extends RuntimeException {

  private UnsupportedImageException(String message) {
    super("UnsupportedImageError: " + message, null, false, false);
  }

  static UnsupportedImageException of(String system, String version) {
    return new UnsupportedImageException(
        "The operating system '%s' version '%s' is not supported."
            .formatted(Excerpt.of(system), Excerpt.of(version)));
  }

  /** An image that does not say of what system it is, such as one from scratch. */
  public static UnsupportedImageException withoutSystem() {
    return new UnsupportedImageException(
        "The operating system and/or package manager are not supported.");
  }
}
