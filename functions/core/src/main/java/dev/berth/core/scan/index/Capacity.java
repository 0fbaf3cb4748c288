package dev.berth.core.scan.index;

/**
 * How much may be collected, all indexes of a generation together. What all supported distributions
 * publish is about 200 MB; more is no feed, but somebody who wants the memory.
 */
public final class Capacity {

  /** In bytes, as they are estimated. */
  static final long MAX = 320L << 20;

  private final long max;
  private long used;

  public Capacity() {
    this(MAX);
  }

  Capacity(long max) {
    this.max = max;
  }

  /**
   * @throws IllegalStateException if there is not so much left
   */
  void take(long bytes) {
    used += bytes;
    if (used > max) {
      throw new IllegalStateException("there is more than %d MB of it".formatted(max >> 20));
    }
  }
}
