package dev.berth.core.scan.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects what is vulnerable in a release, and writes its {@link ReleaseIndex}. What comes twice
 * is written once, and the bytes depend on nothing but what came.
 */
public final class ReleaseIndexBuilder {

  private static final int COLUMNS = ReleaseIndex.TEXTS_OF_ROW + 2;

  private final Capacity capacity;
  private final TextCollector texts;
  private final Map<Advisory, Integer> advisories = new LinkedHashMap<>();
  private final IntRows rows = new IntRows(COLUMNS);
  // rows of one advisory come together, and to look up one that names many takes long
  private Optional<Advisory> last = Optional.empty();
  private int lastNumber;

  /**
   * @param capacity what it may take, together with whoever else has it
   */
  public ReleaseIndexBuilder(Capacity capacity) {
    this.capacity = capacity;
    texts = new TextCollector(capacity);
  }

  /**
   * @throws IllegalStateException if there is no capacity left
   */
  public void add(AffectedPackage row) {
    capacity.take(COLUMNS * Integer.BYTES);
    AffectedVersions versions = row.versions();
    rows.add(
        texts.number(row.name()),
        texts.number(versions.introduced()),
        texts.number(versions.bound()),
        texts.number(row.architectures()),
        texts.number(row.modules()),
        texts.number(row.flavour()),
        versions.extent().ordinal(),
        number(row.advisory()));
  }

  private int number(Advisory advisory) {
    if (last.isEmpty() || last.get() != advisory) {
      last = Optional.of(advisory);
      lastNumber = Optional.ofNullable(advisories.get(advisory)).orElseGet(() -> enter(advisory));
    }
    return lastNumber;
  }

  private int enter(Advisory advisory) {
    int number = advisories.size();
    capacity.take((long) advisory.cves().size() * Long.BYTES);
    advisories.put(advisory, number);
    texts.number(advisory.id());
    texts.number(advisory.uri());
    advisory.cves().forEach(texts::number);
    return number;
  }

  /** How many rows came, those that came twice included. */
  public int size() {
    return rows.size();
  }

  /** The file. */
  public byte[] build() {
    IndexBytes out = new IndexBytes();
    int[] places = texts.write(out);
    writeAdvisories(places, out);
    writeRows(sorted(places), out);
    return out.finish(ReleaseIndex.MAGIC);
  }

  private void writeAdvisories(int[] places, IndexBytes out) {
    out.putInt(advisories.size());
    int firstCve = 0;
    for (Advisory advisory : advisories.keySet()) {
      out.putInt(firstCve);
      out.putInt(places[texts.number(advisory.id())]);
      out.putInt(places[texts.number(advisory.uri())]);
      out.putInt(advisory.severity().ordinal());
      firstCve += advisory.cves().size();
    }
    out.putInt(firstCve);
    advisories.keySet().stream()
        .flatMap(advisory -> advisory.cves().stream())
        .forEach(cve -> out.putInt(places[texts.number(cve)]));
  }

  /** The rows with the texts' places, by name. */
  private List<int[]> sorted(int[] places) {
    return rows.stream().map(row -> placed(row, places)).sorted(Arrays::compare).toList();
  }

  private static int[] placed(int[] row, int[] places) {
    int[] placed = row.clone();
    for (int text = 0; text < ReleaseIndex.TEXTS_OF_ROW; text++) {
      placed[text] = places[row[text]];
    }
    return placed;
  }

  private static void writeRows(List<int[]> sorted, IndexBytes out) {
    List<int[]> distinct = new ArrayList<>();
    for (int[] row : sorted) {
      if (distinct.isEmpty() || !Arrays.equals(distinct.getLast(), row)) {
        distinct.add(row);
      }
    }
    out.putInt(distinct.size());
    for (int[] row : distinct) {
      for (int value : row) {
        out.putInt(value);
      }
    }
  }
}
