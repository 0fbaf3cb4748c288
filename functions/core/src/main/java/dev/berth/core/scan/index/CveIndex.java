package dev.berth.core.scan.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.scan.cvss.Cvss;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is known of vulnerabilities, by their names. It is immutable, and may be asked from several
 * threads.
 *
 * <p>The file: a header, the names, the vectors, for each name the places of its vectors with their
 * scores in tenths, and the descriptions.
 */
public final class CveIndex implements CveSource {

  /** "BCx", with the version of the format as its last byte. */
  static final int MAGIC = 0x42435801;

  static final int NO_SCORE = -1;

  private static final int SCORES = 4 * Integer.BYTES;

  private final ByteBuffer file;
  private final TextTable names;
  private final TextTable vectors;
  private final int scores;
  private final int descriptions;
  private final int texts;

  private CveIndex(ByteBuffer in) {
    file = in;
    names = new TextTable(in);
    vectors = new TextTable(in);
    scores = in.position();
    descriptions = scores + names.size() * SCORES;
    texts = descriptions + (names.size() + 1) * Integer.BYTES;
  }

  /**
   * Reads a file, and keeps its bytes.
   *
   * @throws InvalidIndexException if it is none of this format, or damaged
   */
  public static CveIndex read(byte[] file) {
    return new CveIndex(IndexBytes.open(file, MAGIC));
  }

  /** Of how many vulnerabilities something is known. */
  public int size() {
    return names.size();
  }

  @Override
  public Optional<CveDetails> find(String cve) {
    OptionalInt place = names.find(cve);
    return place.isPresent() ? Optional.of(details(place.getAsInt())) : Optional.empty();
  }

  /** What is known of each, by name. */
  public Stream<CveDetails> all() {
    return IntStream.range(0, size()).mapToObj(this::details);
  }

  private CveDetails details(int place) {
    int at = scores + place * SCORES;
    return new CveDetails(names.get(place), cvss(at), cvss(at + SCORES / 2), description(place));
  }

  private Optional<Cvss> cvss(int at) {
    int tenths = file.getInt(at + Integer.BYTES);
    return tenths == NO_SCORE
        ? Optional.empty()
        : Optional.of(new Cvss(vectors.get(file.getInt(at)), tenths / 10.0));
  }

  private String description(int place) {
    int at = descriptions + place * Integer.BYTES;
    int from = file.getInt(at);
    byte[] text = new byte[file.getInt(at + Integer.BYTES) - from];
    file.get(texts + from, text);
    return new String(text, UTF_8);
  }
}
