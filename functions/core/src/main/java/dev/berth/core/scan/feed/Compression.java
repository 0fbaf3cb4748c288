package dev.berth.core.scan.feed;

/** How the file of a feed is compressed as a whole. */
public enum Compression {
  NONE,
  GZIP,
  /** Which the JDK has no reader for. */
  BZIP2
}
