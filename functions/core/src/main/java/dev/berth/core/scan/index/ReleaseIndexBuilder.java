package dev.berth.core.scan.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what is vulnerable in a release, and writes its {@link ReleaseIndex}. What comes twice
 * is written once, and the bytes depend on nothing but what came.
 */
public final class ReleaseIndexBuilder {

  /** Of packages in a release: several times what any has. */
  static final int MAX_ROWS = 8_000_000;

  private final TextCollector texts = new TextCollector();
  private final Map<Advisory, Integer> advisories = new LinkedHashMap<>();
  private final List<int[]> rows = new ArrayList<>();

  /**
   * @throws IllegalStateException if there are more than an index can have
   */
  public void add(AffectedPackage row) {
    if (rows.size() == MAX_ROWS) {
      throw new IllegalStateException("there are more than " + MAX_ROWS + " affected packages");
    }
    AffectedVersions versions = row.versions();
    rows.add(
        new int[] {
          texts.number(row.name()),
          texts.number(versions.introduced()),
          texts.number(versions.bound()),
          texts.number(row.architectures()),
          texts.number(row.modules()),
          texts.number(row.flavour()),
          versions.extent().ordinal(),
          number(row.advisory())
        });
  }

  private int number(Advisory advisory) {
    Integer known = advisories.get(advisory);
    if (known == null) {
      known = advisories.size();
      advisories.put(advisory, known);
      texts.number(advisory.id());
      texts.number(advisory.uri());
      advisory.cves().forEach(texts::number);
    }
    return known;
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
