package dev.berth.core.scan.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.scan.cvss.Cvss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Collects what is known of vulnerabilities, and writes a {@link CveIndex}. */
public final class CveIndexBuilder {

  /** Of details beside the description, in bytes. */
  private static final int OVERHEAD = 300;

  private final Map<String, CveDetails> all = new TreeMap<>(TextTable::compare);
  private final Capacity capacity;

  /**
   * @param capacity what it may take, together with whoever else has it
   */
  public CveIndexBuilder(Capacity capacity) {
    this.capacity = capacity;
  }

  /**
   * Takes details; they replace what was known before, where they say something.
   *
   * @throws IllegalStateException if there is no capacity left
   */
  public void add(CveDetails details) {
    capacity.take(OVERHEAD + details.description().length());
    all.merge(details.cve(), details, (known, added) -> added.orElse(known));
  }

  public int size() {
    return all.size();
  }

  /** The file. */
  public byte[] build() {
    IndexBytes out = new IndexBytes();
    TextTable.write(all.keySet(), out);
    TextCollector vectors = new TextCollector(new Capacity());
    for (CveDetails details : all.values()) {
      vectors.number(vector(details.cvss2()));
      vectors.number(vector(details.cvss3()));
    }
    int[] places = vectors.write(out);
    for (CveDetails details : all.values()) {
      out.putInt(places[vectors.number(vector(details.cvss2()))]);
      out.putInt(tenths(details.cvss2()));
      out.putInt(places[vectors.number(vector(details.cvss3()))]);
      out.putInt(tenths(details.cvss3()));
    }
    writeDescriptions(out);
    return out.finish(CveIndex.MAGIC);
  }

  private void writeDescriptions(IndexBytes out) {
    List<byte[]> descriptions = new ArrayList<>();
    int offset = 0;
    for (CveDetails details : all.values()) {
      byte[] description = details.description().getBytes(UTF_8);
      descriptions.add(description);
      out.putInt(offset);
      offset = Math.addExact(offset, description.length);
    }
    out.putInt(offset);
    descriptions.forEach(out::put);
  }

  private static String vector(Optional<Cvss> cvss) {
    return cvss.map(Cvss::vector).orElse("");
  }

  private static int tenths(Optional<Cvss> cvss) {
    return cvss.map(it -> (int) Math.round(it.score() * 10)).orElse(CveIndex.NO_SCORE);
  }
}
