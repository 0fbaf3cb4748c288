package dev.berth.core.scan.feed;

import java.io.InputStream;

/** A file that somebody publishes, and how it is read. */
public interface Feed {

  /** Unique: lower-case letters, digits, dots and hyphens. */
  String name();

  /** The URL of the file, or of what leads to it: see the format's package. */
  String location();

  /** What is at the location. */
  default Location leadsTo() {
    return Location.FILE;
  }

  /** What a location may be of. */
  enum Location {
    /** The file itself. */
    FILE,
    /** A list of mirrors of a repository, whose {@code repodata/repomd.xml} names the file. */
    MIRRORS
  }

  /**
   * The same for all feeds that write the same indexes: those are made of all of them, or not at
   * all, as an index of some would hide vulnerabilities.
   */
  default String group() {
    return name();
  }

  /** What whoever fetches the file has to undo before it is read. */
  Compression compression();

  /**
   * Reads all of it. The stream is not closed.
   *
   * @return how many records it has, those included that say nothing of what is supported
   * @throws FeedException if it cannot be read to its end, or holds nothing of use; the target may
   *     have taken some of it then
   */
  long read(InputStream in, FeedTarget target);
}
