package dev.berth.core.scan.index;

import dev.berth.core.scan.Severity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is vulnerable in one release of a distribution: for each package what advisories say of it.
 * It is immutable, and may be asked from several threads.
 *
 * <p>The file: a header, the texts, the advisories (where its CVEs begin, the places of id and
 * link, and the severity), the CVEs of all advisories, and the rows, sorted by the package's name.
 */
public final class ReleaseIndex {

  /** "BRx", with the version of the format as its last byte. */
  static final int MAGIC = 0x42525801;

  /** How many of a row's integers are places of texts; its extent and advisory follow. */
  static final int TEXTS_OF_ROW = 6;

  private static final int ROW = (TEXTS_OF_ROW + 2) * Integer.BYTES;
  private static final int ADVISORY = 4 * Integer.BYTES;
  private static final AffectedVersions.Extent[] EXTENTS = AffectedVersions.Extent.values();
  private static final Severity[] SEVERITIES = Severity.values();

  private final ByteBuffer file;
  private final TextTable texts;
  private final int advisories;
  private final int cves;
  private final int rows;
  private final int size;
  // filled by whoever needs one first; two may decode the same, and either will do
  private final Advisory[] decoded;

  private ReleaseIndex(ByteBuffer in) {
    file = in;
    texts = new TextTable(in);
    decoded = new Advisory[in.getInt()];
    advisories = in.position();
    // behind the last advisory is where the CVEs of the next one would begin: how many there are
    cves = advisories + decoded.length * ADVISORY + Integer.BYTES;
    in.position(cves + in.getInt(cves - Integer.BYTES) * Integer.BYTES);
    size = in.getInt();
    rows = in.position();
  }

  /**
   * Reads a file, and keeps its bytes.
   *
   * @throws InvalidIndexException if it is none of this format, or damaged
   */
  public static ReleaseIndex read(byte[] file) {
    return new ReleaseIndex(IndexBytes.open(file, MAGIC));
  }

  /** How many rows there are. */
  public int size() {
    return size;
  }

  /** What advisories say about a package, by its name in the distribution's feed. */
  public List<AffectedPackage> find(String packageName) {
    OptionalInt name = texts.find(packageName);
    if (name.isEmpty()) {
      return List.of();
    }
    List<AffectedPackage> found = new ArrayList<>();
    for (int row = first(name.getAsInt()); row < size && has(row, name.getAsInt()); row++) {
      found.add(row(row));
    }
    return found;
  }

  /** All rows, by name. */
  public Stream<AffectedPackage> rows() {
    return IntStream.range(0, size).mapToObj(this::row);
  }

  /** All vulnerabilities that advisories are about, each once. */
  public Stream<String> vulnerabilities() {
    int count = file.getInt(cves - Integer.BYTES);
    return IntStream.range(0, count)
        .map(cve -> file.getInt(cves + cve * Integer.BYTES))
        .distinct()
        .mapToObj(texts::get);
  }

  /** The first row whose name is not before this one. */
  private int first(int name) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean before = value(middle, 0) < name;
      low = before ? middle + 1 : low;
      high = before ? high : middle;
    }
    return low;
  }

  private boolean has(int row, int name) {
    return value(row, 0) == name;
  }

  private AffectedPackage row(int row) {
    AffectedVersions versions =
        new AffectedVersions(EXTENTS[value(row, 6)], text(row, 1), text(row, 2));
    return new AffectedPackage(
        text(row, 0), versions, text(row, 3), text(row, 4), text(row, 5), advisory(value(row, 7)));
  }

  private String text(int row, int column) {
    return texts.get(value(row, column));
  }

  private int value(int row, int column) {
    return file.getInt(rows + row * ROW + column * Integer.BYTES);
  }

  private Advisory advisory(int number) {
    Advisory advisory = decoded[number];
    if (advisory == null) {
      advisory = decode(advisories + number * ADVISORY);
      decoded[number] = advisory;
    }
    return advisory;
  }

  private Advisory decode(int at) {
    List<String> names =
        IntStream.range(file.getInt(at), file.getInt(at + ADVISORY))
            .mapToObj(cve -> texts.get(file.getInt(cves + cve * Integer.BYTES)))
            .toList();
    return new Advisory(
        texts.get(file.getInt(at + Integer.BYTES)),
        names,
        SEVERITIES[file.getInt(at + 3 * Integer.BYTES)],
        texts.get(file.getInt(at + 2 * Integer.BYTES)));
  }
}
