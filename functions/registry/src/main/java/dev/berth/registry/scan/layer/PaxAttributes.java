package dev.berth.registry.scan.layer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Attributes that pax has for the next entry: lines {@code length key=value}. */
final class PaxAttributes {

  private static final String SPARSE = "GNU.sparse.";

  private final Map<String, String> values = new HashMap<>();

  /** Places and lengths by turns, of the oldest way to write a map: a line each. */
  private final List<String> pieces = new ArrayList<>();

  static PaxAttributes none() {
    return new PaxAttributes();
  }

  /**
   * @throws LayerException if the lines are not as long as they say
   */
  static PaxAttributes read(byte[] lines) {
    var attributes = new PaxAttributes();
    int at = 0;
    // what follows the last line may be zeros
    while (at < lines.length && lines[at] != 0) {
      at = attributes.readLine(lines, at);
    }
    return attributes;
  }

  private int readLine(byte[] lines, int from) {
    int blank = from;
    int length = 0;
    while (blank < lines.length && Character.isDigit(lines[blank]) && length < 100_000_000) {
      length = length * 10 + lines[blank] - '0';
      blank++;
    }
    int end = from + length;
    if (end > lines.length || end <= blank + 1 || lines[blank] != ' ' || lines[end - 1] != '\n') {
      throw corrupt();
    }
    put(new String(lines, blank + 1, end - blank - 2, StandardCharsets.UTF_8));
    return end;
  }

  private void put(String line) {
    int equals = line.indexOf('=');
    if (equals < 1 || line.indexOf('\0') >= 0 && !line.startsWith("SCHILY.")) {
      throw corrupt();
    }
    String key = line.substring(0, equals);
    String value = line.substring(equals + 1);
    if (key.equals(SPARSE + "offset") || key.equals(SPARSE + "numbytes")) {
      pieces.add(value);
    }
    values.put(key, value);
  }

  Optional<String> path() {
    return text(SPARSE + "name").or(() -> text("path"));
  }

  Optional<String> linkPath() {
    return text("linkpath");
  }

  /** Of what the tar holds. */
  Optional<Long> size() {
    return number("size");
  }

  Optional<SparseMap> sparse() {
    boolean isBeforeContent = text(SPARSE + "major").filter("1"::equals).isPresent();
    List<String> numbers =
        text(SPARSE + "map").map(map -> List.of(map.split(","))).orElse(List.copyOf(pieces));
    if (!isBeforeContent && numbers.isEmpty()) {
      return Optional.empty();
    }
    SparseMap map = new SparseMap(sizeWithHoles(), isBeforeContent);
    if (!isBeforeContent) {
      readPieces(numbers, map);
    }
    return Optional.of(map);
  }

  private long sizeWithHoles() {
    return number(SPARSE + "realsize")
        .or(() -> number(SPARSE + "size"))
        .orElseThrow(SparseMap::corrupt);
  }

  private static void readPieces(List<String> numbers, SparseMap map) {
    if (numbers.size() % 2 != 0) {
      throw SparseMap.corrupt();
    }
    for (int i = 0; i < numbers.size(); i += 2) {
      map.add(parse(numbers.get(i)), parse(numbers.get(i + 1)));
    }
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
  }

  private Optional<Long> number(String key) {
    return text(key).map(PaxAttributes::parse);
  }

  private static long parse(String number) {
    if (!number.matches("[0-9]{1,18}")) {
      throw corrupt();
    }
    return Long.parseLong(number);
  }

  private static LayerException corrupt() {
    return new LayerException("its tar has attributes of pax that are corrupt");
  }
}
