package dev.berth.core.scan.packages;

import dev.berth.core.scan.InstalledPackage;
import java.util.Optional;

/**
 * A package's header as an rpm database has it (rpm's "Header format"): two counts, an index of
 * entries of 16 bytes, and the data that they point into, all big-endian.
 */
final class RpmHeader {

  // tags
  private static final int NAME = 1000;
  private static final int VERSION = 1001;
  private static final int RELEASE = 1002;
  private static final int EPOCH = 1003;
  private static final int ARCHITECTURE = 1022;
  private static final int SOURCE_RPM = 1044;
  private static final int MODULARITY_LABEL = 5096;

  // types
  private static final int INT32 = 4;
  private static final int STRING = 6;

  private static final int ENTRY = 16;
  private static final int INDEX = 8;

  private final Bytes header;
  private final Bytes data;
  private final int entries;

  private RpmHeader(Bytes header) {
    this.header = header;
    long count = header.u32(0);
    long length = header.u32(4);
    this.data = header.part(INDEX + count * ENTRY, length);
    this.entries = (int) count;
  }

  /**
   * @throws PackageDatabaseException if it is damaged, or has no name, version or release
   */
  static InstalledPackage read(Bytes header) {
    return new RpmHeader(header).read();
  }

  private InstalledPackage read() {
    String name = required(NAME);
    String epoch = epoch();
    String version = epoch + required(VERSION) + "-" + required(RELEASE);
    SourceRpm source =
        SourceRpm.read(text(SOURCE_RPM), epoch).orElseGet(() -> new SourceRpm(name, version));
    return new InstalledPackage(
        name,
        version,
        text(ARCHITECTURE),
        source.name(),
        source.version(),
        Optional.of(text(MODULARITY_LABEL)).filter(label -> !label.isEmpty()));
  }

  /**
   * What a source rpm's file name says.
   *
   * @param version with the epoch of the package that was built from it, as the name has none
   */
  private record SourceRpm(String name, String version) {

    static Optional<SourceRpm> read(String file, String epoch) {
      String base = file.replaceFirst("\\.(no)?src\\.rpm$", "");
      int release = base.lastIndexOf('-');
      int version = base.lastIndexOf('-', release - 1);
      return version <= 0
          ? Optional.empty()
          : Optional.of(
              new SourceRpm(base.substring(0, version), epoch + base.substring(version + 1)));
    }
  }

  private String required(int tag) {
    String text = text(tag);
    if (text.isEmpty()) {
      throw new PackageDatabaseException("a header has no tag " + tag);
    }
    return text;
  }

  private String text(int tag) {
    long entry = entry(tag, STRING);
    return entry < 0 ? "" : data.text(header.u32(entry + 8));
  }

  private String epoch() {
    long entry = entry(EPOCH, INT32);
    return entry < 0 ? "" : data.u32(header.u32(entry + 8)) + ":";
  }

  /** Where the index has the first entry of a tag; -1 if there is none. */
  private long entry(int tag, int type) {
    for (int i = 0; i < entries; i++) {
      long at = INDEX + (long) i * ENTRY;
      if (header.u32(at) == tag) {
        requireType(tag, type, header.u32(at + 4));
        return at;
      }
    }
    return -1;
  }

  private static void requireType(int tag, int type, long found) {
    if (found != type) {
      throw new PackageDatabaseException("tag %d has type %d".formatted(tag, found));
    }
  }
}
